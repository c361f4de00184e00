from django.urls import path

from pult.web.pages.disputes import view

urlpatterns = [
    path("disputes/", view.show, name="disputes"),
    path("disputes/<int:dispute_id>/decision/", view.decision, name="dispute_decision"),
]
