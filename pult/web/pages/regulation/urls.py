"""Addresses of the regulation reader."""

from django.urls import path

import pult.web.converters  # noqa: F401
from pult.web.pages.regulation import view

urlpatterns = [
    path("regulation/", view.regulation, name="regulation"),
    path("regulation/<clause:clause>/", view.clause, name="clause"),
    path(
        "regulation/<clause:clause>/editions/<int:edition>/signature/",
        view.signature,
        name="edition_signature",
    ),
]
