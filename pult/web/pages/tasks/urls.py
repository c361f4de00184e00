"""Addresses of the list of tasks."""

from django.urls import path

from pult.web.pages.tasks import view

urlpatterns = [
    path("tasks/", view.tasks, name="tasks"),
    path("tasks/table.<str:kind>", view.table, name="tasks_table"),
    path("tasks/changes/", view.changes, name="tasks_changes"),
    path("tasks/views/", view.views, name="tasks_views"),
    path("tasks/views/<int:view_id>/", view.view_change, name="tasks_view_change"),
]
