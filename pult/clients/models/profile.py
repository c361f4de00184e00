"""What the agency knows of a client in words: the business, its habits, its solvency, character."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pult.clients.models.parties import Client, Contact


class Block(models.Model):
    """One subject of the card in words, and the day somebody last made sure it is still so."""

    class Kind(models.TextChoices):
        BUSINESS = "business", _("Specifics of the business")
        PRODUCT = "product", _("The product we promote")
        MARKET = "market", _("Market and competitors")
        PROMOTION = "promotion", _("Ways of promotion, tried and possible")
        PAYMENT = "payment", _("How the client is used to paying")
        DOCUMENTS = "documents", _("How documents go round")
        REPORTING = "reporting", _("Reports: what, when, to whom")

    client = models.ForeignKey(Client, models.CASCADE, related_name="blocks")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField(blank=True)
    confirmed_on = models.DateField(_("confirmed on"))
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "kind"], name="block_once_a_client"),
        ]


class Solvency(models.Model):
    """Whether the client can pay, judged on a day. A new judgement never changes an older one."""

    class Grade(models.TextChoices):
        GOOD = "good", _("Pays without trouble")
        FAIR = "fair", _("Pays, sometimes late")
        WEAK = "weak", _("Pays with difficulty")
        BAD = "bad", _("Prepayment only")

    client = models.ForeignKey(Client, models.CASCADE, related_name="solvency")
    grade = models.CharField(max_length=4, choices=Grade)
    figures = models.TextField(_("figures and where they come from"), blank=True)
    judged_on = models.DateField(_("as of"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["client", "judged_on"], name="solvency_of_a_client")]


class Trait(models.Model):
    """A peculiarity of a person that work needs to know; each kind says what it is needed for.

    There is no kind for health, family, religion or views: such words have no place here.
    """

    class Kind(models.TextChoices):
        MANNER = "manner", _("How to talk")
        REACH = "reach", _("When and how to reach")
        DECISION = "decision", _("How decisions are taken")
        SKILL = "skill", _("Professional background")
        INTEREST = "interest", _("Interests for a friendly talk")

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="traits")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(_("what was noticed"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    noted_on = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="trait_has_words")]
