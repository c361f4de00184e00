"""Tables of the kernel: facts and what is still to be done about them."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from pult.kernel import clock
from pult.kernel.search.models import SearchDocument as SearchDocument


class AppendOnlyQuerySet(models.QuerySet):
    """Rows are added and read; triggers in the database hold the same line."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{self.model.__name__} is append-only")

    def delete(self) -> NoReturn:
        raise TypeError(f"{self.model.__name__} is append-only")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{self.model.__name__} is append-only")


class Fact(models.Model):
    """What happened. Corrected by a void, never changed (see `pult.kernel.facts`)."""

    kind = models.CharField(max_length=48)
    root_id = models.BigIntegerField(help_text="The client; 0 is the agency and its people")
    refs = models.JSONField(default=dict)
    valid_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=clock.now)
    key = models.CharField(max_length=64, default="", blank=True)
    day = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=32, default="", blank=True)
    value = models.BigIntegerField(null=True, blank=True)
    role = models.CharField(max_length=24, default="", blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    source = models.CharField(max_length=32, default="pult")
    external_id = models.CharField(max_length=128, null=True, blank=True)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    voids = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="voided_by"
    )
    version = models.PositiveSmallIntegerField(default=1)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["root_id", "kind"], name="fact_root_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=Q(external_id__isnull=False),
                name="fact_once_per_external_id",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Fact is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Fact is append-only")


class RootLock(models.Model):
    """A row a client, locked by whoever writes about that client."""

    id = models.BigIntegerField(primary_key=True)


class Outbox(models.Model):
    """A fact that an after-commit handler has yet to hear of; gone once it has."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+")
    handler = models.CharField(max_length=96)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now, null=True, db_index=True)
    error = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact", "handler"], name="outbox_once_per_handler")
        ]


class Job(models.Model):
    """Work for the worker, with a lease so that a killed worker's job is taken up again."""

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("job", "Waiting")
        RUNNING = "running", pgettext_lazy("job", "Running")
        DONE = "done", pgettext_lazy("job", "Done")
        FAILED = "failed", pgettext_lazy("job", "Failed")
        CANCELLED = "cancelled", pgettext_lazy("job", "Cancelled")

    name = models.CharField(max_length=96)
    args = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    key = models.CharField(max_length=128, null=True, unique=True)
    run_after = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=96, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)
    progress_done = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(default=0)
    message = models.TextField(default="", blank=True)
    result = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["run_after"],
                condition=Q(state__in=["queued", "running"]),
                name="job_alive",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}: {self.state}"


class StoredFile(models.Model):
    """A file kept by its content; its name belongs to whatever refers to it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    mime = models.CharField(max_length=96)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.size})"


class SentForm(models.Model):
    """What a person sent last, so that the same sent twice is done once (`pult.kernel.repeats`)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
