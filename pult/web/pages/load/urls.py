"""Addresses of the load of account managers."""

from django.urls import path

from pult.web.pages.load import view

urlpatterns = [
    path("people/load/", view.load, name="load"),
    path("people/load/limit/", view.limit, name="load_limit"),
    path("people/<int:person_id>/load/", view.person, name="person_load"),
]
