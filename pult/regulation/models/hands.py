"""What people and the worker did to rows of the ledger; the rows themselves stay derived."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from pult.regulation.models.ledger import Identity


class Postponement(Identity):
    """A row hidden from one's day until a date, with the reason; its deadline does not move."""

    until = models.DateField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "part", "subject_type", "subject_id", "row_key"],
                name="one_postponement",
            )
        ]
        indexes = [models.Index(fields=["root_id", "until"], name="postponement_root")]

    def __str__(self) -> str:
        return f"{self.clause} → {self.until}"


class Waiver(models.Model):
    """Why somebody let a clause not bind for a while; the fact `waiver.granted` does the work."""

    clause = models.CharField(max_length=32)
    subject_type = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    row_key = models.BigIntegerField(default=0)  # 0: every row of the subject
    root_id = models.BigIntegerField()
    until = models.DateField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["root_id", "until"], name="waiver_root")]

    def __str__(self) -> str:
        return f"{self.clause} {self.subject_type} {self.subject_id} → {self.until}"


class Dispute(Identity):
    """A person says the row is wrong and why; until decided it counts against nobody.

    `every_deadline`: with the row all the other deadlines of its trigger."""

    every_deadline = models.BooleanField(default=True)
    proof = models.TextField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    decision = models.CharField(
        max_length=8,
        blank=True,
        choices=[
            ("upheld", pgettext_lazy("dispute", "upheld")),
            ("rejected", pgettext_lazy("dispute", "rejected")),
        ],
    )
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "part", "subject_type", "subject_id", "row_key"],
                condition=models.Q(decision=""),
                name="one_open_dispute",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.subject_type} {self.subject_id}: {self.decision or 'open'}"


class EscalationSent(Identity):
    """A rung of a ladder that was sent. The same row, rung and due are never sent twice."""

    rung = models.PositiveSmallIntegerField()
    due = models.BigIntegerField()
    role = models.CharField(max_length=24)
    recipient_id = models.BigIntegerField(default=0)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "part", "subject_type", "subject_id", "row_key", "rung", "due"],
                name="one_escalation",
            )
        ]
        indexes = [models.Index(fields=["recipient_id", "sent_at"], name="escalation_recipient")]

    def __str__(self) -> str:
        return f"{self.clause} rung {self.rung}"
