"""Addresses of switching clauses on, and of the first days of the regulation."""

from django.urls import path

import pult.web.converters  # noqa: F401
from pult.web.pages.modes import view

urlpatterns = [
    path("regulation/modes/", view.modes, name="modes"),
    path("regulation/modes/<clause:clause>/", view.mode, name="mode"),
    path("regulation/first-days/", view.first_days, name="go_live"),
]
