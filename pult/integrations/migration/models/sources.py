"""A former system and whom its people and statuses mean here: said once, remembered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Source(models.Model):
    """One account of a former system. Nothing is called while it has no key (`secret`).

    `secret` is sealed text. `synced_at` is how far changes have been read, `full_at` when all of it
    was read last, `tried_at` when it was asked last. `trouble` is why the last reading stopped.
    `minutes` lie between two readings, None: as many as the agency says. `lease_until`: somebody
    reads now, `lease_by` is who.
    `columns` are those of its files that somebody confirmed: signature → field → place.
    """

    class System(models.TextChoices):
        AMOCRM = "amocrm", "amoCRM"
        BITRIX24 = "bitrix24", _("Bitrix24")
        MEGAPLAN = "megaplan", _("Megaplan")

    system = models.CharField(_("system"), max_length=12, choices=System)
    name = models.CharField(_("name"), max_length=80, unique=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    secret = models.TextField(blank=True)
    zone = models.CharField(_("time zone"), max_length=48)
    go_live = models.DateField(_("first day of the regulation"))
    columns = models.JSONField(default=dict, blank=True)
    is_followed = models.BooleanField(_("read by itself"), default=False)
    minutes = models.PositiveSmallIntegerField(_("minutes between readings"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    synced_at = models.DateTimeField(null=True, blank=True)
    full_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_by = models.CharField(max_length=160, blank=True)
    trouble = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="source_has_a_name"),
            models.CheckConstraint(
                condition=Q(is_followed=False) | ~Q(secret=""), name="source_followed_by_its_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TheirPerson(models.Model):
    """Somebody of the former system. Decided without a `user`: nobody here."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="people")
    external_id = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_decided = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="their_person_once")
        ]


class TheirStatus(models.Model):
    """A status of the former system and what it makes a client here."""

    class Ours(models.TextChoices):
        NONE = "", pgettext_lazy("their status", "says nothing about the client")
        LEAD = "lead", pgettext_lazy("their status", "lead")
        CLIENT = "client", pgettext_lazy("their status", "client")
        PAUSED = "paused", pgettext_lazy("their status", "paused")
        ENDED = "ended", pgettext_lazy("their status", "has left")
        SKIP = "skip", pgettext_lazy("their status", "is not brought over")

    source = models.ForeignKey(Source, models.CASCADE, related_name="statuses")
    kind = models.CharField(max_length=8)
    external_id = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    ours = models.CharField(max_length=8, choices=Ours, blank=True)
    is_decided = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "external_id"], name="their_status_once"
            )
        ]
