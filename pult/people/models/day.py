"""A person's working day: what they said about coming in, and how it was closed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from pult.people.models.who import Absence


class DayNotice(models.Model):
    """Somebody says that they come later or not at all. Nothing is inferred from presence: a day
    without a notice is a day like any other. Never a cause, never a diagnosis."""

    class Kind(models.TextChoices):
        LATE = "late", pgettext_lazy("notice", "Late today")
        AWAY = "away", pgettext_lazy("notice", "Not coming today")
        UNPAID = "unpaid", pgettext_lazy("notice", "A day at one's own expense")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    force_majeure = models.BooleanField(default=False)
    expected_at = models.TimeField(null=True, blank=True)
    told_at = models.DateTimeField()
    in_time = models.BooleanField()
    absence = models.OneToOneField(Absence, on_delete=models.SET_NULL, null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-day", "user__full_name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="one_notice_a_day"),
            models.CheckConstraint(
                condition=Q(expected_at=None) | Q(kind="late"), name="only_the_late_are_expected"
            ),
        ]


class DayDecision:
    """The words of a head's decision about a day; the decision itself is a fact."""

    class Word(models.TextChoices):
        EXCUSED = "excused", pgettext_lazy("decision", "Excused")
        REMARK = "remark", pgettext_lazy("decision", "A remark")
        TALK = "talk", pgettext_lazy("decision", "We talk it over")

    class About(models.TextChoices):
        LATE = "late", pgettext_lazy("decision", "Came late")
        AWAY = "away", pgettext_lazy("decision", "Did not come")
        CLIENT = "client", pgettext_lazy("decision", "A client got no answer")

    class Reason(models.TextChoices):
        TOLD = "told", pgettext_lazy("decision", "it was said in time")
        AGREED = "agreed", pgettext_lazy("decision", "it was agreed before")
        FORCE = "force", pgettext_lazy("decision", "force majeure")
        HARMLESS = "harmless", pgettext_lazy("decision", "nobody waited")
        SILENT = "silent", pgettext_lazy("decision", "nothing was said")
        AGAIN = "again", pgettext_lazy("decision", "it happens again")
        WAITED = "waited", pgettext_lazy("decision", "a client or colleagues waited")


class DayClose(models.Model):
    """How a day ended: signed by the person, or (`signed_at` None) by itself. `left` is how many
    things were carried over; the plan is of the next day."""

    class Mail(models.TextChoices):
        CLEAR = "clear", pgettext_lazy("mail", "Nothing unread")
        EXPLAINED = "explained", pgettext_lazy("mail", "Unread letters are left, and why is said")
        LEFT = "left", pgettext_lazy("mail", "Not said")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="closed_days"
    )
    day = models.DateField()
    signed_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.LEFT)
    mail_reason = models.TextField(blank=True)
    left = models.PositiveIntegerField(default=0)
    plan = models.TextField(blank=True)

    class Meta:
        ordering = ["-day", "user__full_name"]
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="a_day_closes_once")]


class CarryOver(models.Model):
    """One thing left for another day, with the reason in the person's own words."""

    close = models.ForeignKey(DayClose, on_delete=models.CASCADE, related_name="carried")
    source = models.CharField(max_length=16)
    item_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["close", "source", "item_id"], name="carried_over_once_a_day"
            )
        ]
