"""Ad spend by day, top-ups of ad accounts, and remembered column mappings."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SpendFile(models.Model):
    """One imported spend export."""

    class Status(models.TextChoices):
        STAGED = "staged", _("read, not posted")
        POSTED = "posted", _("posted")

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=20)
    status = models.CharField(max_length=8, choices=Status, default=Status.STAGED)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    loaded_at = models.DateTimeField()
    summary = models.JSONField(default=dict)


class SpendDay(models.Model):
    """What one campaign spent in one day; a second import of the day replaces it.

    `cost` is net of VAT; `line` is empty until the campaign is tied to a service line. A year of
    a large agency has millions of these: every index of them is paid for by the people who wait
    while a file comes in.
    """

    source = models.CharField(max_length=20)
    campaign = models.CharField(max_length=80)
    day = models.DateField()
    line = models.ForeignKey("clients.ServiceLine", models.PROTECT, null=True, db_index=False)
    campaign_name = models.CharField(max_length=255, blank=True)
    cost = models.BigIntegerField()
    impressions = models.BigIntegerField(default=0)
    clicks = models.BigIntegerField(default=0)
    conversions = models.BigIntegerField(null=True)
    file = models.ForeignKey(SpendFile, models.PROTECT, null=True, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "campaign", "day"], name="one_spend_a_day"),
        ]
        indexes = [
            models.Index(fields=["line", "day"]),
            models.Index(
                fields=["source", "campaign"],
                condition=models.Q(line=None),
                name="spend_of_nobody",
            ),
        ]


class TopUp(models.Model):
    """Ad money moved from the agency to the ad account of a line, net of VAT.

    `on` is the day it was moved, `made_at` when somebody said so (unknown for old rows), `reason`
    why it is more than the agency held of the client's money.
    """

    line = models.ForeignKey("clients.ServiceLine", models.PROTECT, related_name="top_ups")
    on = models.DateField()
    amount = models.BigIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    made_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="")
    voided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["made_by", "made_at"], name="top_ups_of_a_day")]


class MoneyWait(models.Model):
    """What П.1 was last told of a line: whether its client's ad money waits at the agency.

    `amount` is what waits, kopecks net of VAT; `told_at` the moment of the newest of the facts.
    Worked out from payments, top-ups and spend; a lost row is told anew.
    """

    class State(models.TextChoices):
        WAITS = "waits", _("waits for a top-up")
        MOVED = "moved", _("moved to the ad account")
        GONE = "gone", _("spent or given back")

    line = models.OneToOneField("clients.ServiceLine", models.CASCADE, primary_key=True)
    amount = models.BigIntegerField(default=0)
    state = models.CharField(max_length=5, choices=State)
    told_at = models.DateTimeField(null=True)


class ColumnMapping(models.Model):
    """Which column of a file is which field, confirmed once and remembered by the file's shape."""

    class Purpose(models.TextChoices):
        SPEND = "spend", _("ad spend")
        BANK = "bank", _("bank statement")

    purpose = models.CharField(max_length=8, choices=Purpose)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "signature"], name="one_mapping_a_shape"),
        ]
