"""Addresses of the agency's own fields of cards."""

from django.urls import path

from pult.web.pages.client_fields import view

urlpatterns = [
    path("clients/fields/", view.fields, name="client_fields"),
    path("clients/fields/new/", view.new, name="client_field_new"),
    path("clients/fields/<int:field_id>/", view.edit, name="client_field"),
]
