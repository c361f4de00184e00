"""What was read of a former system, record by record, and what became of each."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from pult.integrations.migration.models.sources import Source


class Batch(models.Model):
    """What was brought in at once; taken back as a whole. `file_name`: from a file, else read.

    `movein` is the import of clients it made, `lines` what its rows were: line → [kind, id there,
    id of the person, id of a client that was known, the plan's action]. `decisions` are answers
    about look-alikes: plan key → create, skip or a client's id. `plan` is the dry run as last
    counted: counts, questions, errors. `counts`: kind.state → records.
    """

    class Status(models.TextChoices):
        READING = "reading", pgettext_lazy("migration", "Being read")
        READY = "ready", pgettext_lazy("migration", "Read, to be looked at")
        BRINGING = "bringing", pgettext_lazy("migration", "Being brought in")
        DONE = "done", pgettext_lazy("migration", "Brought in")
        STOPPED = "stopped", pgettext_lazy("migration", "Stopped")
        UNDOING = "undoing", pgettext_lazy("migration", "Being taken back")
        UNDONE = "undone", pgettext_lazy("migration", "Taken back")

    source = models.ForeignKey(Source, models.CASCADE, related_name="batches")
    status = models.CharField(max_length=8, choices=Status, default=Status.READING)
    file_name = models.CharField(max_length=200, blank=True)
    is_sync = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    movein = models.ForeignKey(
        "clients.ImportBatch", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    plan = models.JSONField(default=dict, blank=True)
    lines = models.JSONField(default=dict, blank=True)
    decisions = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    trouble = models.CharField(max_length=500, blank=True)


class Item(models.Model):
    """A record of theirs under its own id.

    `data` is the record until it is brought in, and empty then: no second copy of a person is
    kept, but of what changed there until somebody has looked at it. `marks` are keyed digests of
    its fields as both sides last agreed on them. `table` and `row` name what it became. `why` says
    why it waits or was left out.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("record", "Waiting")
        BROUGHT = "brought", pgettext_lazy("record", "Brought in")
        LEFT = "left", pgettext_lazy("record", "Left out")
        LATE = "late", pgettext_lazy("record", "Came after the cut-over")
        UNDONE = "undone", pgettext_lazy("record", "Taken back")
        GONE = "gone", pgettext_lazy("record", "Deleted there")

    source = models.ForeignKey(Source, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=8)
    external_id = models.CharField(max_length=96)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="items")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    data = models.JSONField(default=dict, blank=True)
    marks = models.JSONField(default=dict, blank=True)
    table = models.CharField(max_length=12, blank=True)
    row = models.BigIntegerField(default=0)
    client_id = models.BigIntegerField(default=0)
    # Whether bringing it in made the row; a known one is only tied to it and stays at an undo.
    is_made = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    # Wanted although it came after its team's cut-over.
    is_wanted = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=300, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["source", "state", "kind"], name="migrated_item_todo"),
            models.Index(fields=["table", "row"], name="migrated_item_row"),
            models.Index(fields=["client_id"], name="migrated_item_client"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "external_id"], name="migrated_item_once"
            )
        ]
