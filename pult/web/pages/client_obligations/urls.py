from django.urls import path

from pult.web.pages.client_obligations import view

urlpatterns = [
    path("clients/<int:client_id>/obligations/", view.show, name="client_obligations"),
    path(
        "clients/<int:client_id>/obligations.<str:kind>",
        view.download,
        name="client_obligations_file",
    ),
]
