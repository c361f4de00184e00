from django.urls import path

from pult.web.pages.imports import view

urlpatterns = [
    path("imports/", view.hub, name="imports"),
    path("imports/jobs/<int:job_id>/", view.job, name="import_job"),
    path("imports/templates/<str:name>/", view.template, name="import_template"),
]
