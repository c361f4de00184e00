"""Money that came and where it went: payments, their allocation to invoice lines.

Ad balance of a line = allocated ad money − spend, both net of VAT (engine, one balance).
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Payment(models.Model):
    """Client money received (or given back: kind "return", `amount` still positive).

    One document may pay for several clients, by a payment each. What is not allocated is the
    client's advance.
    """

    class Kind(models.TextChoices):
        IN = "in", _("payment")
        RETURN = "return", _("return")

    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="payments")
    document = models.ForeignKey(
        "money.BankDocument", models.PROTECT, null=True, related_name="payments"
    )
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.IN)
    amount = models.BigIntegerField()
    received_on = models.DateField()
    payer_name = models.CharField(max_length=255, blank=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_positive"),
            models.UniqueConstraint(
                fields=["document", "client"],
                condition=models.Q(voided_at=None),
                name="one_payment_a_client_and_document",
            ),
        ]
        indexes = [models.Index(fields=["client", "received_on"])]


class Allocation(models.Model):
    """A share of a payment given to one invoice line; taken back, never deleted.

    A share of a return is money that left the invoice line.
    """

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="allocations")
    invoice_line = models.ForeignKey(
        "money.InvoiceLine", models.PROTECT, related_name="allocations"
    )
    amount = models.BigIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    made_at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="allocation_positive"),
        ]
