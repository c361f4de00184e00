"""What the agency knows: entries with a keeper, and every edition they ever had."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.clients.models import Client, ServiceLine


class Entry(models.Model):
    """A piece of knowledge as its newest edition has it. `checked_on` is the day somebody last
    made sure of it, `check_by` the day to do so again."""

    class Subject(models.TextChoices):
        INDUSTRY = "industry", pgettext_lazy("knowledge", "Industry")
        SERVICE = "service", pgettext_lazy("knowledge", "Our service")
        COMPETITOR = "competitor", pgettext_lazy("knowledge", "Competitor and how it works")
        PLAIN = "plain", pgettext_lazy("knowledge", "Explained in plain words")
        PROCEDURE = "procedure", pgettext_lazy("knowledge", "Procedure or standard")

    subject = models.CharField(max_length=12, choices=Subject)
    service = models.CharField(max_length=12, choices=ServiceLine.Tool, blank=True)
    title = models.CharField(_("title"), max_length=160)
    words = models.CharField(max_length=300, blank=True)
    text = models.TextField(_("text"))
    edition = models.PositiveIntegerField(default=1)
    since = models.DateField(_("holds from"))
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="entries")
    checked_on = models.DateField(_("checked on"))
    check_by = models.DateField(_("check again by"))
    is_away = models.BooleanField(_("put away"), default=False)
    clients = models.ManyToManyField(Client, through="Concern", related_name="entries")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["subject", "title", "id"]
        indexes = [models.Index(fields=["keeper", "check_by"], name="entry_to_check")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""), name="entry_says_something"
            ),
            models.CheckConstraint(
                condition=~Q(subject="service") | ~Q(service=""), name="entry_names_its_service"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Edition(models.Model):
    """What an entry said from a day on. Rows are added only."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField()
    since = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="edition_of_a_number_once")
        ]


class Concern(models.Model):
    """An entry (an industry, a competitor) that concerns a client."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="concerns")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="concerns")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "entry"], name="an_entry_concerns_once")
        ]
