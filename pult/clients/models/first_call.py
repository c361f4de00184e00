"""The first call: what was learnt, what the client wants, and that the client confirmed it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.clients.models.handover import Handover
from pult.clients.models.parties import Client

User = settings.AUTH_USER_MODEL


class FirstCall(models.Model):
    """One acquaintance with a client; it is open until it was held and the goal is written."""

    class Channel(models.TextChoices):
        CALL = "call", pgettext_lazy("first call", "Phone")
        VIDEO = "video", pgettext_lazy("first call", "Video")
        MEETING = "meeting", pgettext_lazy("first call", "Meeting")

    class Answer(models.TextChoices):
        NONE = "", pgettext_lazy("confirmation", "Not asked yet")
        ASKED = "asked", pgettext_lazy("confirmation", "Waits for the client")
        YES = "yes", pgettext_lazy("confirmation", "Confirmed")
        NO = "no", pgettext_lazy("confirmation", "Not confirmed")

    client = models.ForeignKey(Client, models.CASCADE, related_name="first_calls")
    handover = models.ForeignKey(
        Handover, models.SET_NULL, null=True, blank=True, related_name="first_calls"
    )
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.CALL)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # Codes of the aims that were reached (3.2).
    aims = models.JSONField(default=list, blank=True)
    about_client = models.TextField(_("who the client is"), blank=True)
    about_product = models.TextField(_("what the client sells"), blank=True)
    goal = models.TextField(_("what the client wants"), blank=True)
    # Expectations: time to the goal in days, its price in kopecks, the look of the result.
    days = models.PositiveIntegerField(_("days to the goal"), null=True, blank=True)
    cost = models.BigIntegerField(_("cost expected, kopecks a month"), null=True, blank=True)
    look = models.TextField(_("how the result should look"), blank=True)
    # Codes of the gaps somebody decided about, and the words.
    gaps_settled = models.JSONField(default=list, blank=True)
    gaps_note = models.TextField(blank=True)
    summary = models.TextField(_("summary sent to the client"), blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=5, choices=Answer, blank=True, default=Answer.NONE)
    answered_on = models.DateField(null=True, blank=True)
    proof = models.TextField(_("what shows it"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(held_at=None), name="one_open_first_call_a_client"
            ),
            models.CheckConstraint(
                condition=Q(held_at=None) | ~Q(goal=""), name="a_held_call_has_a_goal"
            ),
        ]
