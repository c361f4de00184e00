from django.urls import path

from pult.web.pages.import_clients import view

urlpatterns = [
    path("imports/clients/", view.batches, name="import_clients"),
    path("imports/clients/batches/<int:batch_id>/", view.batch, name="import_batch"),
    path("imports/clients/batches/<int:batch_id>/resume/", view.resume, name="import_batch_resume"),
    path("imports/clients/batches/<int:batch_id>/undo/", view.undo, name="import_batch_undo"),
    path("imports/clients/<str:sha256>/", view.preview, name="import_clients_file"),
    path("imports/clients/<str:sha256>/columns/", view.columns, name="import_clients_columns"),
    path("imports/clients/<str:sha256>/plan/", view.plan, name="import_clients_plan"),
]
