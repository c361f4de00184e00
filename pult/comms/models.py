"""What was said between the agency and a client, and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.people.models import Department


class Interaction(models.Model):
    """One contact: the fact of it is in the timeline, its words stay here and can be erased."""

    class Channel(models.TextChoices):
        CALL = "call", pgettext_lazy("channel", "Call")
        MEETING = "meeting", pgettext_lazy("channel", "Meeting")
        MAIL = "mail", pgettext_lazy("channel", "Mail")
        MESSENGER = "messenger", pgettext_lazy("channel", "Messenger")

    class Direction(models.TextChoices):
        OUT = "out", pgettext_lazy("contact", "We to the client")
        IN = "in", pgettext_lazy("contact", "The client to us")

    class Outcome(models.TextChoices):
        """`two_way`: the client answered; `attempt`: did not; `light`: a greeting, a like."""

        TWO_WAY = "two_way", pgettext_lazy("contact", "We talked")
        ATTEMPT = "attempt", pgettext_lazy("contact", "No answer")
        LIGHT = "light", pgettext_lazy("contact", "A light touch")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="interactions")
    brand = models.ForeignKey(
        "clients.Brand", models.SET_NULL, null=True, blank=True, related_name="interactions"
    )
    channel = models.CharField(max_length=12, choices=Channel)
    direction = models.CharField(max_length=3, choices=Direction, default=Direction.OUT)
    outcome = models.CharField(max_length=8, choices=Outcome)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="interactions")
    contacts = models.ManyToManyField("clients.Contact", blank=True, related_name="interactions")
    note = models.TextField(_("note"), blank=True)
    noted_at = models.DateTimeField()
    fact = models.ForeignKey("kernel.Fact", models.PROTECT, related_name="+")
    # A meeting is a contact too: it leaves two facts.
    meeting_fact = models.ForeignKey(
        "kernel.Fact", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Asking leaves one more: the next word is the client's; a talk may end such a wait.
    waits_fact = models.ForeignKey(
        "kernel.Fact", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of another department than the client's own: its code, and when a manager has seen the entry.
    department = models.CharField(max_length=16, choices=Department.Code.choices, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["client", "-at"], name="interaction_timeline"),
            models.Index(
                fields=["client"],
                name="interaction_new",
                condition=~Q(department="") & Q(seen_at=None, voided_at=None),
            ),
        ]
