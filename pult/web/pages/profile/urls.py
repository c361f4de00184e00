"""The address of one's own settings."""

from django.urls import path

from pult.web.pages.profile import view

urlpatterns = [
    path("profile/", view.profile, name="profile"),
    path("profile/absence/", view.absence, name="profile_absence"),
]
