"""Addresses of projects."""

from django.urls import path

from pult.web.pages.projects import report, view

urlpatterns = [
    path("projects/", view.projects, name="projects"),
    path("projects/new/", view.new, name="project_new"),
    path("projects/<int:project_id>/", view.project, name="project"),
    path("projects/<int:project_id>/report/", report.report, name="project_report"),
    path(
        "projects/<int:project_id>/report.<str:kind>",
        report.report_file,
        name="project_report_file",
    ),
    path("projects/<int:project_id>/changes/", view.changes, name="project_changes"),
    path("projects/<int:project_id>/end/", view.end, name="project_end"),
]
