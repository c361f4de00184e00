"""Addresses of one task."""

from django.urls import path

from pult.web.pages.task import view

urlpatterns = [
    path("tasks/<int:task_id>/", view.task, name="task"),
    path("tasks/<int:task_id>/changes/", view.changes, name="task_changes"),
    path("tasks/<int:task_id>/acts/<str:act>/", view.act, name="task_act"),
    path("tasks/<int:task_id>/files/<int:file_id>/", view.file, name="task_file"),
]
