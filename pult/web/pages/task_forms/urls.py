"""Addresses of the forms of tasks."""

from django.urls import path

from pult.web.pages.task_forms import view

urlpatterns = [
    path("tasks/forms/", view.forms, name="task_forms"),
    path("tasks/forms/new/", view.new, name="task_form_new"),
    path("tasks/forms/<slug:code>/", view.form, name="task_form"),
]
