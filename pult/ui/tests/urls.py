"""Addresses of the interface and of signing in, so that these tests need no page of the house."""

from django.urls import include, path

urlpatterns = [
    path("ui/", include("pult.ui.urls")),
    path("accounts/", include("allauth.urls")),
]
