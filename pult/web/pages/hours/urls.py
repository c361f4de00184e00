"""Addresses of a person's own hours."""

from django.urls import path

from pult.web.pages.hours import view

urlpatterns = [
    path("people/<int:person_id>/hours/", view.hours, name="person_hours"),
    path("people/<int:person_id>/hours/shift/", view.shift, name="person_shift"),
    path(
        "people/<int:person_id>/hours/shift/<int:shift_id>/drop/",
        view.shift_drop,
        name="person_shift_drop",
    ),
]
