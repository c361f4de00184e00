"""Addresses of everything one person hands over."""

from django.urls import path

from pult.web.pages.handover_people import view

urlpatterns = [
    path("handovers/people/<int:person_id>/", view.show, name="handover_person"),
    path("handovers/people/<int:person_id>/acts/<str:act>/", view.act, name="handover_person_act"),
]
