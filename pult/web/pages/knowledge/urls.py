"""Addresses of what the agency knows."""

from django.urls import path

from pult.web.pages.knowledge import near, view

urlpatterns = [
    path("knowledge/", view.knowledge, name="knowledge"),
    path("knowledge/table.<str:kind>", view.table, name="knowledge_table"),
    path("knowledge/new/", view.entry_new, name="entry_new"),
    path("knowledge/care/", near.care, name="knowledge_care"),
    path("knowledge/services/<slug:service>/", near.of_service, name="knowledge_service"),
    path("knowledge/<int:entry_id>/", view.entry, name="entry"),
    path("knowledge/<int:entry_id>/edit/", view.entry_edit, name="entry_edit"),
    path("knowledge/<int:entry_id>/confirmation/", view.confirmation, name="entry_confirm"),
    path("knowledge/<int:entry_id>/shelf/", view.shelf, name="entry_shelf"),
    path("clients/<int:client_id>/knowledge/", near.of_client, name="client_knowledge"),
]
