"""The move-in: files read, what was planned from each row, what it became, how to undo it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportMapping(models.Model):
    """Which column is which field, remembered for files with the same heading row."""

    signature = models.CharField(max_length=64, unique=True)
    columns = models.JSONField()
    mapping = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()


class ImportBatch(models.Model):
    """One file on its way in: planned, staged out of sight, posted at once, perhaps undone."""

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("import", "Planned")
        STAGING = "staging", pgettext_lazy("import", "Being prepared")
        POSTED = "posted", pgettext_lazy("import", "Visible, facts being written")
        DONE = "done", pgettext_lazy("import", "Done")
        UNDOING = "undoing", pgettext_lazy("import", "Being undone")
        UNDONE = "undone", pgettext_lazy("import", "Undone")

    file_name = models.CharField(_("file"), max_length=200)
    signature = models.CharField(max_length=64)
    status = models.CharField(max_length=8, choices=Status, default=Status.PLANNED)
    go_live = models.DateField(_("first day of the regulation"))
    balance_day = models.DateField(_("balances at the end of"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True, blank=True)


class ImportRow(models.Model):
    """One client of a file (several lines may speak of it) and what became of it."""

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("import", "Planned")
        STAGED = "staged", pgettext_lazy("import", "Prepared")
        DONE = "done", pgettext_lazy("import", "Done")
        UNDONE = "undone", pgettext_lazy("import", "Undone")
        KEPT = "kept", pgettext_lazy("import", "Kept: changed since")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    # Line numbers of the file, the heading row being line 1.
    lines = models.JSONField()
    plan = models.JSONField()
    client = models.ForeignKey(
        "clients.Client", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.PLANNED)
    # What the row made or changed: [{"table", "id", "version", "before": {field: value}}].
    trail = models.JSONField(default=list)
    # What of the row could not be written: [{"value", "message", "cure"}], in the importer's words.
    problems = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["batch", "status"], name="import_row_todo")]
