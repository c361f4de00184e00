"""Where the former system and Pult say different things, and since when a team works here alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.integrations.migration.models.items import Item
from pult.integrations.migration.models.sources import Source


class Difference(models.Model):
    """One field of one record that is not the same on both sides; nothing is overwritten.

    `theirs` and `ours` are texts to look at, emptied once decided; `mark` is the digest of theirs.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("difference", "Open")
        LATER = "later", pgettext_lazy("difference", "Asked later")
        THEIRS = "theirs", pgettext_lazy("difference", "Theirs taken")
        OURS = "ours", pgettext_lazy("difference", "Ours kept")
        AGREED = "agreed", pgettext_lazy("difference", "The same by now")

    item = models.ForeignKey(Item, models.CASCADE, related_name="differences")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    field = models.CharField(max_length=16)
    theirs = models.TextField(blank=True)
    ours = models.TextField(blank=True)
    mark = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    found_at = models.DateTimeField()
    later_until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "client"], name="difference_to_decide")]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "field"],
                condition=Q(state__in=["open", "later"]),
                name="one_open_difference_a_field",
            )
        ]


class CutOver(models.Model):
    """From `day` on a team's clients live in Pult alone: the former system changes them no more."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="cut_overs")
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    day = models.DateField(_("first day in Pult alone"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "team"],
                condition=Q(cancelled_at=None),
                name="one_cut_over_a_team",
            )
        ]
