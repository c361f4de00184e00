"""Addresses of the interface alone, so that its tests need no other package."""

from django.urls import include, path

urlpatterns = [path("ui/", include("pult.ui.urls"))]
