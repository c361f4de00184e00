"""The address of a new task."""

from django.urls import path

from pult.web.pages.task_new import view

urlpatterns = [path("tasks/new/", view.new, name="task_new")]
