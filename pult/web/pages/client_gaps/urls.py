"""Address of the gaps of cards."""

from django.urls import path

from pult.web.pages.client_gaps import view

urlpatterns = [path("clients/gaps/", view.gaps, name="client_gaps")]
