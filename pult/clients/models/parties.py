"""The client and its people: group → client → brand → site, contacts, assignments, trust.

A legal entity is *not* a client: one client may pay from several, see `entities`.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Group(models.Model):
    """Several clients of one owner; it has no obligations of its own."""

    name = models.CharField(_("name"), max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Client(models.Model):
    """The one the agency works for; its id is the root of every fact about it."""

    class Status(models.TextChoices):
        LEAD = "lead", pgettext_lazy("client status", "Lead")
        CLIENT = "client", pgettext_lazy("client status", "Client")
        PAUSED = "paused", pgettext_lazy("client status", "Paused")
        ENDED = "ended", pgettext_lazy("client status", "Ended")

    class Relationship(models.TextChoices):
        """Whose contacts, meetings and reports are counted: once a client, or once a brand."""

        CLIENT = "client", _("With the client as a whole")
        BRAND = "brand", _("With each brand")

    name = models.CharField(_("name"), max_length=200)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="clients")
    status = models.CharField(max_length=8, choices=Status, default=Status.LEAD)
    relationship = models.CharField(max_length=8, choices=Relationship, default=Relationship.CLIENT)
    about = models.TextField(_("business"), blank=True)
    worked_since = models.DateField(_("works with us since"), null=True, blank=True)
    folder = models.CharField(_("folder of the client"), max_length=400, blank=True)
    # How much of the card is filled in, and codes of what is not, in the order to ask for them;
    # `scoring` keeps both.
    complete = models.PositiveSmallIntegerField(default=0)
    gaps = models.CharField(max_length=300, blank=True)
    # A client of an import that is not posted yet: nobody sees it and no fact speaks of it.
    staged = models.BooleanField(default=False)
    batch = models.ForeignKey(
        "clients.ImportBatch", models.SET_NULL, null=True, blank=True, related_name="clients"
    )
    # Another card of the same client, of which this one is a part now.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["staged", "merged_into", "status", "name"], name="client_list"),
            models.Index(fields=["name", "id"], name="client_by_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="client_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Brand(models.Model):
    client = models.ForeignKey(Client, models.CASCADE, related_name="brands")
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "name"], name="brand_once_a_client"),
        ]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A site without its scheme; `брендовый.рф` is kept as people write it."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="sites")
    brand = models.ForeignKey(Brand, models.SET_NULL, null=True, blank=True, related_name="sites")
    host = models.CharField(_("address"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "host"], name="site_once_a_client")
        ]

    def __str__(self) -> str:
        return self.host


class Contact(models.Model):
    """A person on the client's side. A birthday is a day and a month; its year may stay unknown
    or, told without knowing it, be marked as presumed (2.16)."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="contacts")
    brand = models.ForeignKey(
        Brand, models.SET_NULL, null=True, blank=True, related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=200)
    position = models.CharField(_("position"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    # Digits in international form: the same number written in two ways is found once.
    phone_key = models.CharField(max_length=20, blank=True, db_index=True)
    email = models.CharField(_("e-mail"), max_length=200, blank=True, db_index=True)
    postal_address = models.CharField(_("postal address"), max_length=300, blank=True)
    decides = models.BooleanField(_("takes decisions"), default=False)
    birthday_day = models.PositiveSmallIntegerField(null=True, blank=True)
    birthday_month = models.PositiveSmallIntegerField(null=True, blank=True)
    birthday_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birthday_presumed = models.BooleanField(default=False)
    left = models.BooleanField(_("no longer works there"), default=False)
    # The person asked to be forgotten: the row stands for what was done, and names nobody.
    erased_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="contact_has_a_name"),
            models.CheckConstraint(
                condition=Q(birthday_day=None, birthday_month=None, birthday_year=None)
                | Q(birthday_day__range=(1, 31), birthday_month__range=(1, 12)),
                name="contact_birthday_is_a_day_of_a_month",
            ),
            models.CheckConstraint(
                condition=Q(birthday_presumed=False) | Q(birthday_year__isnull=False),
                name="contact_presumes_a_year_that_is_there",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class KeptFor(models.TextChoices):
    """Why a person is kept beyond the term; that they are is a fact (`contact.kept`)."""

    RETURNS = "may_return", pgettext_lazy("person kept", "The client may come back")
    PAPERS = "open_papers", pgettext_lazy("person kept", "Papers or payments are not closed yet")
    DISPUTE = "dispute", pgettext_lazy("person kept", "A dispute or a claim goes on")
    CONSENT = "consent", pgettext_lazy("person kept", "The person agrees to be kept")


class Assignment(models.Model):
    """Who looks after a client in a role, from one moment to another (`until` excluded)."""

    class Role(models.TextChoices):
        AM = "am", _("Account manager")
        EXECUTOR = "executor", _("Specialist")
        SALES = "sales", _("Sales")
        CLIENT = "client", _("Client's own person")

    client = models.ForeignKey(Client, models.CASCADE, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=24, choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "role", "until"], name="assignment_of_a_person"),
            models.Index(fields=["client", "role", "since"], name="assignment_of_a_client"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(role="am", until=None),
                name="one_open_manager_a_client",
            ),
            models.UniqueConstraint(
                fields=["client", "user", "role"],
                condition=Q(until=None),
                name="assigned_once_in_a_role",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="assignment_ends_after_it_begins",
            ),
        ]


class TrustedMark(models.Model):
    """The head's word that a client may start before it pays: why, up to how much, until when."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="trusted_marks")
    reason_code = models.CharField(max_length=32)
    note = models.TextField(blank=True)
    limit = models.BigIntegerField(_("limit, kopecks"))
    since = models.DateField()
    until = models.DateField(_("last day"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Its state ends by itself: a fact of the morning after the last day, voided when replaced.
    end_fact = models.ForeignKey("kernel.Fact", models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(limit__gt=0), name="trust_has_a_limit"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="trust_expires"),
            models.UniqueConstraint(
                fields=["client"], condition=Q(ended_on=None), name="one_trusted_mark_a_client"
            ),
        ]
