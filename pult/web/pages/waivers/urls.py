"""Addresses of exceptions in force."""

from django.urls import path

from pult.web.pages.waivers import view

urlpatterns = [
    path("regulation/waivers/", view.waivers, name="waivers"),
    path("regulation/waivers/<int:waiver_id>/end/", view.end, name="waiver_end"),
]
