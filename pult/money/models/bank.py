"""Bank statements as they came, and their documents."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StatementFile(models.Model):
    """One imported file; its documents become visible when it is posted.

    `lease_until` is in the future while somebody works on it; a staged file without one was cut
    off and waits to be taken in again.
    """

    class Status(models.TextChoices):
        STAGED = "staged", _("read, not posted")
        POSTED = "posted", _("posted")

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    encoding = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.STAGED)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    loaded_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    summary = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=models.Q(status="staged"),
                name="one_staged_statement",
            )
        ]


class BankDocument(models.Model):
    """One document of a statement; by `content_key` an overlapping file changes nothing.

    It is seen once its file is posted; *pending* then means that matching has yet to reach it.
    """

    class Direction(models.TextChoices):
        IN = "in", _("incoming")
        OUT = "out", _("outgoing")
        OWN = "own", _("between own accounts")
        UNDECIDED = "undecided", _("direction unknown")

    class Match(models.TextChoices):
        PENDING = "pending", _("being matched")
        MATCHED = "matched", _("matched")
        UNSETTLED = "unsettled", _("to settle")
        NOT_CLIENT = "not_client", _("not client money")
        SETTLED = "settled", _("settled by hand")

    file = models.ForeignKey(StatementFile, models.PROTECT, related_name="documents")
    line_no = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=40)
    date = models.DateField(null=True)
    money_on = models.DateField(null=True)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="RUB")
    direction = models.CharField(max_length=10, choices=Direction)
    own_account = models.CharField(max_length=34)
    party_name = models.CharField(max_length=255, blank=True)
    party_inn = models.CharField(max_length=14, blank=True)
    party_account = models.CharField(max_length=34, blank=True)
    purpose = models.TextField(blank=True)
    content_key = models.CharField(max_length=64, unique=True)
    match = models.CharField(max_length=12, choices=Match, default=Match.PENDING)
    proposal = models.JSONField(default=dict)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["match", "money_on"]),
            models.Index(fields=["party_inn"]),
        ]
