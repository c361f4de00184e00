"""Tasks that come again: by the calendar, or so long after the last one was done."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from pult.work.models.projects import Project


class Recurrence(models.Model):
    """What the worker sets again. `form` is what a task is made of: the arguments of `set_task`.

    `next_on` is the day of the next one, None while it waits for the last to be accepted.
    """

    class Basis(models.TextChoices):
        CALENDAR = "calendar", pgettext_lazy("recurrence", "By the calendar")
        COMPLETION = "completion", pgettext_lazy("recurrence", "After the last one is done")

    class Unit(models.TextChoices):
        DAY = "day", pgettext_lazy("recurrence", "working day")
        WEEK = "week", pgettext_lazy("recurrence", "week")
        MONTH = "month", pgettext_lazy("recurrence", "month")

    project = models.ForeignKey(Project, models.PROTECT, related_name="recurrences")
    basis = models.CharField(max_length=10, choices=Basis)
    unit = models.CharField(max_length=5, choices=Unit)
    every = models.PositiveSmallIntegerField(default=1)
    form = models.JSONField()
    next_on = models.DateField(null=True, blank=True)
    anchor = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["next_on"], name="recurrence_due", condition=Q(stopped_at=None))
        ]
        constraints = [
            models.CheckConstraint(condition=Q(every__gte=1), name="recurs_at_least_by_one"),
        ]
