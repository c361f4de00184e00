"""Addresses of moving in from another system."""

from django.urls import path

from pult.web.pages.migration import batches, differences, mapping, view

SOURCE = "imports/migration/<int:source_id>/"
BATCH = "imports/migration/batches/<int:batch_id>/"

urlpatterns = [
    path("imports/migration/", view.sources, name="migration"),
    path("imports/migration/new/", view.new, name="migration_new"),
    path("imports/migration/differences/", differences.show, name="differences"),
    path(
        "imports/migration/differences/<int:difference_id>/",
        differences.answer,
        name="difference_answer",
    ),
    path(SOURCE, view.source, name="migration_source"),
    path(f"{SOURCE}edit/", view.edit, name="migration_edit"),
    path(f"{SOURCE}read/", view.read, name="migration_read"),
    path(f"{SOURCE}follow/", view.follow, name="migration_follow"),
    path(f"{SOURCE}forget/", view.forget, name="migration_forget"),
    path(f"{SOURCE}cut-over/", view.cut_over, name="migration_cut_over"),
    path(f"{SOURCE}people/", mapping.people, name="migration_people"),
    path(f"{SOURCE}statuses/", mapping.statuses, name="migration_statuses"),
    path(f"{SOURCE}drop/", batches.drop, name="migration_drop"),
    path(f"{SOURCE}drop/<str:sha256>/", batches.columns, name="migration_columns"),
    path(BATCH, batches.show, name="migration_batch"),
    path(f"{BATCH}undo/", batches.undo, name="migration_undo"),
    path("imports/migration/late/<int:item_id>/", batches.late, name="migration_late"),
]
