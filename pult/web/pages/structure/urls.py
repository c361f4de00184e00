"""Addresses of departments and teams."""

from django.urls import path

from pult.web.pages.structure import view

urlpatterns = [
    path("people/structure/", view.structure, name="structure"),
    path("people/structure/team/", view.add, name="team_new"),
    path("people/structure/team/<int:team_id>/name/", view.rename, name="team_name"),
    path("people/structure/team/<int:team_id>/close/", view.close, name="team_close"),
]
