"""Addresses of a number of a clause: its consequences, its signature, its way back."""

from django.urls import path

import pult.web.converters  # noqa: F401
from pult.web.pages.parameters import view

PLACE = "regulation/<clause:clause>/parameters/<str:name>/"

urlpatterns = [
    path(PLACE, view.parameter, name="parameter"),
    path(f"{PLACE}values/<int:value_id>/withdrawal/", view.withdrawal, name="parameter_withdrawal"),
]
