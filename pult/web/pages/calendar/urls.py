"""Addresses of the production calendar."""

from django.urls import path

from pult.web.pages.calendar import hours, view

urlpatterns = [
    path("calendar/", view.calendar, name="calendar"),
    path("calendar/hours/", hours.hours, name="calendar_hours"),
    path("calendar/<int:year>/", view.calendar, name="calendar_year"),
    path("calendar/days/<str:day>/", view.day, name="calendar_day"),
]
