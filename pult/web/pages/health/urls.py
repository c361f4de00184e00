"""The address of how Pult itself is doing."""

from django.urls import path

from pult.web.pages.health import view

urlpatterns = [path("health/", view.health, name="health")]
