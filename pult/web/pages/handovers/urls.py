"""Addresses of the list of handovers."""

from django.urls import path

from pult.web.pages.handovers import view

urlpatterns = [
    path("handovers/", view.show, name="handovers"),
    path("handovers/new/", view.new, name="handover_new"),
]
