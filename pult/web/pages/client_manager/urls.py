"""Addresses of who is to conduct a client, and of its requests for another manager."""

from django.urls import path

from pult.web.pages.client_manager import view

HERE = "clients/<int:client_id>/manager/"

urlpatterns = [
    path(HERE, view.show, name="client_manager"),
    path(f"{HERE}demands/", view.demands, name="client_demands"),
    path(f"{HERE}asks/", view.ask, name="client_replacement"),
    path(f"{HERE}asks/<int:ask_id>/", view.answer, name="client_replacement_answer"),
]
