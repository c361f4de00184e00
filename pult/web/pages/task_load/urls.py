"""The address of the workload."""

from django.urls import path

from pult.web.pages.task_load import view

urlpatterns = [path("tasks/load/", view.show, name="task_load")]
