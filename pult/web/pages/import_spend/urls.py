from django.urls import path

from pult.web.pages.import_spend import view

urlpatterns = [
    path("imports/spend/<str:sha256>/", view.preview, name="import_spend"),
    path("imports/spend/<str:sha256>/columns/", view.columns, name="import_spend_columns"),
    path("imports/campaigns/", view.campaigns, name="campaigns"),
]
