from django.urls import path

from pult.web.pages.import_bank import view

urlpatterns = [
    path("imports/bank/<str:sha256>/", view.preview, name="import_bank"),
    path("imports/bank/<str:sha256>/columns/", view.columns, name="import_bank_columns"),
    path("imports/statements/<int:file_id>/", view.statement, name="statement"),
    path("imports/statements/<int:file_id>/go-on/", view.go_on, name="statement_go_on"),
]
