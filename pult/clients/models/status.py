"""A client's status day by day: who said so and why; a day ahead waits for its morning."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pult.clients.models.parties import Client


class StatusChange(models.Model):
    """From `since` on the client has the status; `waits` until that morning has come.

    The note is in words and may be erased; the fact keeps the code of the reason alone.
    """

    client = models.ForeignKey(Client, models.CASCADE, related_name="status_changes")
    status = models.CharField(max_length=8, choices=Client.Status)
    since = models.DateField(_("from this day on"))
    reason_code = models.CharField(max_length=32, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    fact = models.ForeignKey("kernel.Fact", models.PROTECT, related_name="+")
    waits = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["waits", "since"], name="status_change_waits")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="ended") | ~Q(reason_code=""), name="an_end_has_its_reason"
            ),
            models.UniqueConstraint(
                fields=["client"], condition=Q(waits=True), name="one_status_ahead_a_client"
            ),
        ]
