"""Whom a client needs as its manager, and that it asked for another one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.clients.models.handover import HandoverBatch
from pult.clients.models.parties import Client

User = settings.AUTH_USER_MODEL


class Demand(models.Model):
    """How much of what a client asks of its manager; None where nobody has said."""

    class Level(models.IntegerChoices):
        LOW = 1, pgettext_lazy("demand", "Low")
        USUAL = 2, pgettext_lazy("demand", "As usual")
        HIGH = 3, pgettext_lazy("demand", "High")

    client = models.OneToOneField(Client, models.CASCADE, related_name="demand")
    risk = models.PositiveSmallIntegerField(
        _("readiness to risk"), choices=Level, null=True, blank=True
    )
    creativity = models.PositiveSmallIntegerField(
        _("creative work wanted"), choices=Level, null=True, blank=True
    )
    strictness = models.PositiveSmallIntegerField(
        _("strictness about order"), choices=Level, null=True, blank=True
    )
    note = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_on = models.DateField()
    version = models.PositiveIntegerField(default=1)


class ReplacementAsk(models.Model):
    """A client asked for another manager. What was said stands here; facts carry ids and codes.

    `manager` is whom they want replaced, `due_on` the day to decide by, `batch` the handover the
    decision began."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("replacement", "Not decided yet")
        REPLACED = "replaced", pgettext_lazy("replacement", "Another manager")
        KEPT = "kept", pgettext_lazy("replacement", "The manager stays")

    client = models.ForeignKey(Client, models.CASCADE, related_name="replacement_asks")
    manager = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_on = models.DateField(_("asked on"))
    asked_by = models.CharField(_("who asked"), max_length=200)
    reason = models.TextField(_("why"))
    proof = models.CharField(_("where it is to be seen"), max_length=300, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    decision = models.TextField(blank=True)
    told = models.TextField(_("what the client was told"), blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(
        HandoverBatch, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-asked_on", "-id"]
        indexes = [models.Index(fields=["state", "due_on"], name="replacement_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(state="open"), name="one_open_ask_a_client"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(asked_by=""), name="an_ask_says_who_and_why"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | Q(decided_at__isnull=False),
                name="a_decided_ask_says_when",
            ),
        ]
