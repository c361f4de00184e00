"""The address of what is arranged around a task."""

from django.urls import path

from pult.web.pages.task_setup import view

urlpatterns = [
    path("tasks/<int:task_id>/setup/", view.setup, name="task_setup"),
    path("tasks/<int:task_id>/setup/<str:act>/", view.arrange, name="task_arrange"),
]
