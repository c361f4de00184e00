"""Hours of a person's own: a week of them from a day on, and single days that differ."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Schedule(models.Model):
    """A person's week from `since` on, until the next one; no `week` gives them back to the
    department's hours. `week` has seven places from Monday: [first minute, last minute] of the
    local day, or null for a day off. The days off of the country stay days off."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="schedules"
    )
    since = models.DateField()
    zone = models.CharField(max_length=48)
    week = models.JSONField(null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-since", "-id"]


class Shift(models.Model):
    """One day that differs from the week: other hours, or none. Minutes of the local day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shifts"
    )
    day = models.DateField()
    start = models.PositiveSmallIntegerField(null=True, blank=True)
    end = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="one_shift_a_day"),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(start__lt=F("end"), end__lte=1440),
                name="shift_ends_after_it_begins",
            ),
        ]
