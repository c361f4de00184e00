"""Addresses of people, their roles, absences and duty."""

from django.urls import path

from pult.web.pages.regulation import view

urlpatterns = [path("people/<int:person_id>/", view.regulation, name="person")]
