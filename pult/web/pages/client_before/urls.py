"""Addresses of what a client's former system held."""

from django.urls import path

from pult.web.pages.client_before import view

urlpatterns = [
    path("clients/<int:client_id>/before/", view.show, name="client_before"),
    path(
        "clients/<int:client_id>/before/files/<int:note_id>/",
        view.file,
        name="client_before_file",
    ),
]
