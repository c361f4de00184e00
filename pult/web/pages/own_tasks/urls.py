"""The address of one's own tasks."""

from django.urls import path

from pult.web.pages.own_tasks import view

urlpatterns = [path("own-tasks/", view.show, name="own_tasks")]
