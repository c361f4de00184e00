"""Addresses of the list of clients."""

from django.urls import path

from pult.web.pages.clients import view

urlpatterns = [
    path("clients/", view.clients, name="clients"),
    path("clients/table.<str:kind>", view.table, name="clients_table"),
    path("clients/assignment/", view.assignment, name="clients_assignment"),
    path("clients/pause/", view.pause, name="clients_pause"),
    path("clients/views/", view.views, name="clients_views"),
    path("clients/views/<int:view_id>/removal/", view.view_removal, name="clients_view_removal"),
    path("clients/views/<int:view_id>/pin/", view.view_pin, name="clients_view_pin"),
]
