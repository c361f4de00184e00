"""Service lines: what is run for a client, on which platform, with whose money.

Money is in kopecks. A period and a pause include their last day.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.clients.models.contracts import Contract
from pult.clients.models.entities import LegalEntity
from pult.clients.models.parties import Brand, Client, Site


class Wallet(models.Model):
    """An account on an advertising platform whose balance several lines share."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="wallets")
    platform = models.CharField(_("platform"), max_length=32)
    login = models.CharField(_("login"), max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["platform", "login"], name="wallet_once_a_platform")
        ]

    def __str__(self) -> str:
        return self.login


class ServiceLine(models.Model):
    class Tool(models.TextChoices):
        CONTEXT = "context", _("Search advertising")
        TARGET = "target", _("Social advertising")
        MEDIA = "media", _("Display advertising")
        SEO = "seo", _("SEO")
        SMM = "smm", _("SMM")
        DESIGN = "design", _("Design")
        WEB = "web", _("Web development")
        ANALYTICS = "analytics", _("Analytics")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("line status", "Planned")
        RUNNING = "running", pgettext_lazy("line status", "Running")
        PAUSED = "paused", pgettext_lazy("line status", "Paused")
        ENDED = "ended", pgettext_lazy("line status", "Ended")

    class MoneyFlow(models.TextChoices):
        AGENCY = "through_agency", _("Money goes through the agency")
        PLATFORM = "client_pays_platform", _("The client pays the platform")

    client = models.ForeignKey(Client, models.CASCADE, related_name="lines")
    brand = models.ForeignKey(Brand, models.SET_NULL, null=True, blank=True, related_name="lines")
    site = models.ForeignKey(Site, models.SET_NULL, null=True, blank=True, related_name="lines")
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="lines"
    )
    payer = models.ForeignKey(
        LegalEntity, models.PROTECT, null=True, blank=True, related_name="lines"
    )
    name = models.CharField(_("name"), max_length=200)
    tool = models.CharField(max_length=12, choices=Tool)
    platform = models.CharField(_("platform"), max_length=32, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.PLANNED)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    monthly_budget = models.BigIntegerField(_("monthly budget, kopecks"), default=0)
    always_on = models.BooleanField(_("goes on without a break"), default=True)
    money_flow = models.CharField(max_length=24, choices=MoneyFlow, default=MoneyFlow.AGENCY)
    wallet = models.ForeignKey(Wallet, models.SET_NULL, null=True, blank=True, related_name="lines")
    planned_start = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # It was already running when the agency moved in: its first flight passed no gate of ours.
    entered_running = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["status", "tool"], name="line_status_tool")]
        constraints = [
            models.CheckConstraint(condition=Q(monthly_budget__gte=0), name="budget_is_not_debt"),
            models.CheckConstraint(
                condition=Q(period_from=None)
                | Q(period_to=None)
                | Q(period_to__gte=F("period_from")),
                name="line_period_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LineFeed(models.Model):
    """Where a line's figures come from; an empty campaign means the whole login."""

    line = models.ForeignKey(ServiceLine, models.CASCADE, related_name="feeds")
    source = models.CharField(max_length=32)
    login = models.CharField(max_length=100, blank=True)
    campaign_id = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "login", "campaign_id"], name="a_campaign_feeds_one_line"
            ),
            models.CheckConstraint(
                condition=~Q(login="") | ~Q(campaign_id=""), name="feed_names_something"
            ),
        ]


class LineBudget(models.Model):
    """The monthly budget from a day on; it holds until the next one begins."""

    line = models.ForeignKey(ServiceLine, models.CASCADE, related_name="budgets")
    since = models.DateField()
    monthly = models.BigIntegerField(_("monthly budget, kopecks"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["line", "since"], name="one_budget_a_day"),
            models.CheckConstraint(condition=Q(monthly__gte=0), name="dated_budget_is_not_debt"),
        ]


class Flight(models.Model):
    """One run of a line that does not go on without a break."""

    line = models.ForeignKey(ServiceLine, models.CASCADE, related_name="flights")
    starts_on = models.DateField()
    ends_on = models.DateField(_("last day"))
    budget = models.BigIntegerField(_("budget, kopecks"))
    started_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["line", "starts_on"], name="one_flight_a_day"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="flight_runs_forward"
            ),
        ]


class PlannedPause(models.Model):
    """Days when a line, or a whole client, rests; without a last day until it is resumed."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="pauses")
    line = models.ForeignKey(
        ServiceLine, models.CASCADE, null=True, blank=True, related_name="pauses"
    )
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    reason_code = models.CharField(max_length=32)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The facts that say so: a change of plans voids them.
    on_fact = models.ForeignKey("kernel.Fact", models.PROTECT, related_name="+")
    off_fact = models.ForeignKey(
        "kernel.Fact", models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="pause_runs_forward",
            )
        ]


class OpeningBalance(models.Model):
    """The money a client had when Pult began, VAT included; negative when the client owed."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="opening_balances")
    line = models.ForeignKey(
        ServiceLine, models.CASCADE, null=True, blank=True, related_name="opening_balances"
    )
    day = models.DateField(_("at the end of the day"))
    with_agency = models.BigIntegerField(_("with the agency, kopecks"), default=0)
    on_platform = models.BigIntegerField(_("on the platform, kopecks"), default=0)
    batch = models.ForeignKey(
        "clients.ImportBatch", models.SET_NULL, null=True, blank=True, related_name="balances"
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(line__isnull=False), name="one_opening_a_line"
            ),
            models.UniqueConstraint(
                fields=["client"], condition=Q(line=None), name="one_opening_a_client"
            ),
        ]
