"""How much of a manager's limit a client takes, and what was given beyond the limit."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pult.clients.models.parties import Client

ORDINARY = 100  # the weight of a client nobody has weighed, in hundredths of an ordinary one


class ClientWeight(models.Model):
    """A client that is more work, or less, than an ordinary one; in hundredths of that."""

    client = models.OneToOneField(Client, models.CASCADE, related_name="weight")
    hundredths = models.PositiveSmallIntegerField(default=ORDINARY)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hundredths__range=(0, 1000)), name="a_client_weighs_up_to_ten"
            )
        ]


class OverLimit(models.Model):
    """A client given beyond the limit: who signed it and why. Loads are in hundredths."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="over_limits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    load = models.PositiveIntegerField()
    limit = models.PositiveIntegerField()
    reason = models.TextField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
