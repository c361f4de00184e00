from django.urls import path

from pult.ui.catalogue import catalogue, preview, sample_progress, sample_why

app_name = "ui"

urlpatterns = [
    path("", catalogue, name="catalogue"),
    path("preview/", preview, name="preview"),
    path("progress/", sample_progress, name="sample-progress"),
    path("why/", sample_why, name="sample-why"),
]
