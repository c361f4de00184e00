"""Contracts and the dated terms of payment that every gate and deadline reads."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pult.clients.models.entities import LegalEntity, OwnEntity
from pult.clients.models.parties import Client


class Contract(models.Model):
    class Kind(models.TextChoices):
        SERVICES = "services", _("Services")
        AGENCY = "agency", _("Agency agreement")

    client = models.ForeignKey(Client, models.CASCADE, related_name="contracts")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.SERVICES)
    number = models.CharField(_("number"), max_length=64)
    signed_on = models.DateField(_("date"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    entity = models.ForeignKey(
        LegalEntity, models.PROTECT, null=True, blank=True, related_name="contracts"
    )
    own_entity = models.ForeignKey(
        OwnEntity, models.PROTECT, null=True, blank=True, related_name="contracts"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "number", "signed_on"], name="contract_once_a_client"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("signed_on")),
                name="contract_ends_after_it_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PaymentScheme(models.Model):
    """How a contract is paid from `since` on; it holds until the next scheme begins.

    Without an end of their own two schemes cannot overlap, nor leave a gap between them.
    """

    class Kind(models.TextChoices):
        PREPAID = "prepaid", _("Prepaid")
        INSTALMENTS = "instalments", _("By instalments")
        POSTPAID = "postpaid", _("Post-paid")
        FEE_ONLY = "fee_only", _("Fee only, the client pays for advertising")
        BARTER = "barter", _("Barter")
        TRIAL = "trial", _("Trial, free of charge")

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="schemes")
    kind = models.CharField(max_length=12, choices=Kind)
    since = models.DateField()
    days = models.PositiveSmallIntegerField(_("days to pay"), null=True, blank=True)
    limit = models.BigIntegerField(_("debt limit, kopecks"), null=True, blank=True)
    parts = models.PositiveSmallIntegerField(_("instalments"), null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "since"], name="one_scheme_a_day"),
            models.CheckConstraint(
                condition=~Q(kind="postpaid") | Q(days__isnull=False),
                name="postpaid_says_how_many_days",
            ),
            models.CheckConstraint(
                condition=~Q(kind="instalments") | Q(parts__gte=2),
                name="instalments_are_at_least_two",
            ),
        ]
