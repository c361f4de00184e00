"""Addresses of contractors, their accepted work, prices and acts."""

from django.urls import path

from pult.web.pages.contractors import view

urlpatterns = [
    path("contractors/", view.contractors, name="contractors"),
    path("contractors/<int:person_id>/", view.contractor, name="contractor"),
    path("contractors/acts/<int:act_id>/", view.act, name="contractor_act"),
    path("tasks/<int:task_id>/price/", view.price, name="task_price"),
]
