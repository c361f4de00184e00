"""Invoices: asked for by the account manager, issued by the accountant alone (М4.9)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Invoice(models.Model):
    """One invoice to one payer. `number` and `issued_on` are empty until it is issued; `ordinal` is
    a number that counts (see `pult.money.numbering`)."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("requested")
        ISSUED = "issued", _("issued")
        SENT = "sent", _("sent")
        CANCELLED = "cancelled", _("cancelled")

    class Paid(models.TextChoices):
        NONE = "none", _("not paid")
        PART = "part", _("paid in part")
        FULL = "full", _("paid")
        OVER = "over", _("overpaid")

    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="invoices")
    own_entity = models.ForeignKey("clients.OwnEntity", models.PROTECT, null=True, db_index=False)
    payer = models.ForeignKey("clients.LegalEntity", models.PROTECT, null=True)
    contract = models.ForeignKey("clients.Contract", models.PROTECT, null=True)
    number = models.CharField(max_length=32, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    ordinal = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.REQUESTED)
    paid_state = models.CharField(max_length=8, choices=Paid, default=Paid.NONE)
    total = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    covers_from = models.DateField(null=True)
    covers_to = models.DateField(null=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(null=True)
    wish = models.CharField(max_length=500, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    issued_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["own_entity", "year", "number"],
                condition=~models.Q(number=""),
                name="one_invoice_a_number",
            ),
            models.CheckConstraint(
                condition=models.Q(total__gte=0), name="invoice_total_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(paid__gte=0), name="invoice_paid_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["client", "status"]),
            models.Index(fields=["status", "requested_at"]),
            models.Index(fields=["number"]),
            models.Index(fields=["own_entity", "year", "ordinal"], name="last_invoice_number"),
            models.Index(fields=["due_on"], name="invoice_due"),
        ]


class FormerNumber(models.Model):
    """A number on the client's paper: corrected once the invoice was sent, and still written into
    payments. `key` is what matching compares, `replaced_at` when the client got the paper anew."""

    invoice = models.ForeignKey(
        Invoice, models.CASCADE, related_name="former_numbers", db_index=False
    )
    number = models.CharField(max_length=32)
    key = models.TextField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice", "key"], name="former_number_once"),
        ]
        indexes = [models.Index(fields=["key"], name="former_number_by_key")]


class InvoiceLine(models.Model):
    """One sum of an invoice: ad money or the agency's fee of a service line."""

    class Purpose(models.TextChoices):
        AD_MONEY = "ad", _("advertising budget")
        FEE = "fee", _("agency fee")

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines")
    line = models.ForeignKey("clients.ServiceLine", models.PROTECT, related_name="invoice_lines")
    purpose = models.CharField(max_length=4, choices=Purpose, default=Purpose.AD_MONEY)
    amount = models.BigIntegerField()
    vat_rate = models.PositiveSmallIntegerField(
        null=True, help_text=_("VAT rate in per cent; empty means without VAT")
    )
    title = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="invoice_line_positive"),
        ]
