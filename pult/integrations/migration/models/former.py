"""What Pult has no place of its own for, kept with the client to be read: deals and old words."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.integrations.migration.models.sources import Source


class FormerDeal(models.Model):
    """A deal of the former system; `amount` in kopecks of `currency`."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("former deal", "Open")
        WON = "won", pgettext_lazy("former deal", "Won")
        LOST = "lost", pgettext_lazy("former deal", "Lost")

    # No reverse name: a card with former deals can still be merged into another.
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    amount = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="RUB")
    stage = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=4, choices=State, default=State.OPEN)
    responsible = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client", "-id"], name="former_deal_of_a_client")]


class FormerNote(models.Model):
    """A comment or a file of a client, a contact or a deal there; its author is a name only."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    deal = models.ForeignKey(
        FormerDeal, models.SET_NULL, null=True, blank=True, related_name="notes"
    )
    # The person the words are about: they go when the person is erased.
    contact = models.ForeignKey(
        "clients.Contact", models.CASCADE, null=True, blank=True, related_name="+"
    )
    author = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(blank=True)
    file = models.ForeignKey(
        "kernel.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client", "-at"], name="former_note_of_a_client")]
