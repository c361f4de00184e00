"""Addresses of one handover."""

from django.urls import path

from pult.web.pages.handover import view

urlpatterns = [
    path("handovers/<int:handover_id>/", view.handover, name="handover"),
    path("handovers/<int:handover_id>/acts/<str:act>/", view.act, name="handover_act"),
    path("handovers/<int:handover_id>/papers/<int:paper_id>/", view.paper, name="handover_paper"),
]
