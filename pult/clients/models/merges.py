"""Two cards of one client made one, and the way back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pult.clients.models.parties import Client


class Merge(models.Model):
    """What `gone` held moved to `kept` in one act; its undo moves back what is still there.

    `moved` is table → ids, `turned` [table, id, column, id before]: a row that pointed to a twin
    left behind points to the one kept.
    """

    kept = models.ForeignKey(Client, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Client, models.PROTECT, related_name="+")
    moved = models.JSONField()
    turned = models.JSONField()
    was_status = models.CharField(max_length=8, choices=Client.Status)
    fact = models.ForeignKey("kernel.Fact", models.PROTECT, related_name="+")
    end_fact = models.ForeignKey("kernel.Fact", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="merged_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merged_into_another"),
        ]
