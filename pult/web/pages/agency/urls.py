"""Addresses of the agency's own settings."""

from django.urls import path

from pult.web.pages.agency import view

urlpatterns = [
    path("agency/", view.agency, name="agency"),
    path("agency/check/", view.check, name="agency_check"),
    path("agency/entities/new/", view.entity, name="agency_entity_new"),
    path("agency/entities/<int:entity_id>/", view.entity, name="agency_entity"),
    path("agency/entities/<int:entity_id>/vat/", view.vat, name="agency_vat"),
    path(
        "agency/entities/<int:entity_id>/accounts/new/", view.account_new, name="agency_account_new"
    ),
    path("agency/accounts/<int:account_id>/", view.account, name="agency_account"),
]
