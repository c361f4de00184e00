"""The address of the calendar of tasks."""

from django.urls import path

from pult.web.pages.task_calendar import view

urlpatterns = [path("tasks/calendar/", view.show, name="task_calendar")]
