"""Addresses of the directory: colleagues and topics."""

from django.urls import path

from pult.web.pages.directory import view

urlpatterns = [
    path("directory/", view.directory, name="directory"),
    path("directory/topic/", view.topic_new, name="topic_new"),
    path("directory/topic/<int:topic_id>/", view.topic, name="topic"),
    path("directory/topic/<int:topic_id>/close/", view.topic_close, name="topic_close"),
]
