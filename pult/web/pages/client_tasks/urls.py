"""The address of a client's tasks."""

from django.urls import path

from pult.web.pages.client_tasks import view

urlpatterns = [path("clients/<int:client_id>/tasks/", view.show, name="client_tasks")]
