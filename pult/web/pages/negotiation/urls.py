"""Address of the page to read before a negotiation."""

from django.urls import path

from pult.web.pages.negotiation import view

urlpatterns = [
    path("clients/<int:client_id>/negotiation/", view.negotiation, name="negotiation"),
]
