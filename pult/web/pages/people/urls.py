"""Addresses of people, their roles, absences and duty."""

from django.urls import path

from pult.web.pages.people import duties, edits, strengths, view

urlpatterns = [
    path("people/", view.people, name="people"),
    path("people/table/<slug:kind>/", view.table, name="people_table"),
    path("people/new/", edits.new, name="person_new"),
    path("people/duty/", duties.duty, name="duties"),
    path("people/<int:person_id>/", view.person, name="person"),
    path("people/<int:person_id>/invitation/", edits.invitation, name="person_invitation"),
    path("people/<int:person_id>/roles/", edits.role, name="person_role"),
    path(
        "people/<int:person_id>/roles/<int:grant_id>/end/", edits.role_end, name="person_role_end"
    ),
    path("people/<int:person_id>/absences/", edits.absence, name="person_absence"),
    path(
        "people/<int:person_id>/absences/<int:absence_id>/end/",
        edits.absence_end,
        name="person_absence_end",
    ),
    path("people/<int:person_id>/deputies/", edits.deputy, name="person_deputy"),
    path(
        "people/<int:person_id>/deputies/<int:grant_id>/end/",
        edits.deputy_end,
        name="person_deputy_end",
    ),
    path("people/<int:person_id>/strengths/", strengths.strengths, name="person_strengths"),
    path("people/<int:person_id>/department/", edits.department, name="person_department"),
    path("people/<int:person_id>/doors/", edits.doors, name="person_doors"),
    path("people/<int:person_id>/departure/", edits.departure, name="person_departure"),
]
