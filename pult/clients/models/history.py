"""Every change of a field: who, when, from what to what. Facts name the fields, this the words."""

from django.conf import settings
from django.db import models

from pult.clients.models.parties import Client


class FieldChange(models.Model):
    """One field of one row of a client. The words of a person's row go when the person goes.

    `table` is the model's name, `version` that of the row after the change.
    """

    client = models.ForeignKey(Client, models.CASCADE, related_name="field_changes")
    table = models.CharField(max_length=32)
    row = models.BigIntegerField()
    field = models.CharField(max_length=32)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["client", "id"], name="field_change_of_a_client"),
            models.Index(fields=["table", "row", "version"], name="field_change_of_a_row"),
        ]
