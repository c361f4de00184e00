"""Addresses of a client's first call."""

from django.urls import path

from pult.web.pages.first_call import view

urlpatterns = [
    path("clients/<int:client_id>/first-call/", view.show, name="first_call"),
    path("clients/<int:client_id>/first-call/<str:act>/", view.act, name="first_call_act"),
]
