"""Who pays and who is paid: legal entities and accounts of clients and of the agency itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pult.clients.models.parties import Client


class Requisites(models.Model):
    """What a document prints of a legal entity; checked by `logic.requisites` on entry."""

    class Country(models.TextChoices):
        RU = "RU", _("Russia")
        BY = "BY", _("Belarus")
        KZ = "KZ", _("Kazakhstan")
        OTHER = "--", _("Another country")

    name = models.CharField(_("name"), max_length=300)
    country = models.CharField(max_length=2, choices=Country, default=Country.RU)
    # ИНН in Russia, УНП in Belarus, БИН in Kazakhstan.
    inn = models.CharField(_("tax number"), max_length=12, blank=True, db_index=True)
    kpp = models.CharField(_("tax registration reason code"), max_length=9, blank=True)
    ogrn = models.CharField(_("state registration number"), max_length=15, blank=True)
    address = models.CharField(_("address"), max_length=400, blank=True)
    signatory = models.CharField(_("signs documents"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class LegalEntity(Requisites):
    """One of a client's payers. Two clients may share one: a warning on entry, not a ban."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="entities")
    postal_address = models.CharField(_("postal address"), max_length=400, blank=True)
    closed = models.BooleanField(_("no longer used"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "inn", "kpp"],
                condition=~Q(inn=""),
                name="entity_once_a_client",
            )
        ]


class BankAccount(models.Model):
    """An account a client pays from."""

    entity = models.ForeignKey(LegalEntity, models.CASCADE, related_name="accounts")
    account = models.CharField(_("account"), max_length=34, db_index=True)
    bik = models.CharField(_("bank code"), max_length=11, blank=True)
    bank = models.CharField(_("bank"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "account", "bik"], name="account_once_an_entity"
            )
        ]


class OwnEntity(Requisites):
    """A legal entity of the agency: in its name invoices are issued."""

    class Vat(models.TextChoices):
        """How the agency's entity charges VAT; the standard rate itself is dated by the law."""

        STANDARD = "standard", _("VAT, standard rate")
        FIVE = "5", _("VAT 5 %, simplified system")
        SEVEN = "7", _("VAT 7 %, simplified system")
        NONE = "none", _("No VAT")

    # Until the first `OwnVat` of the entity begins.
    vat = models.CharField(_("VAT"), max_length=8, choices=Vat, default=Vat.STANDARD)
    closed = models.BooleanField(_("no longer used"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inn", "kpp"], condition=~Q(inn=""), name="own_entity_once"
            )
        ]


class OwnVat(models.Model):
    """From a day on the agency's entity charges VAT in another way."""

    entity = models.ForeignKey(OwnEntity, models.CASCADE, related_name="vats")
    vat = models.CharField(_("VAT"), max_length=8, choices=OwnEntity.Vat)
    since = models.DateField(_("from this day on"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "since"], name="own_vat_once_a_day")
        ]

    def __str__(self) -> str:
        return self.get_vat_display()


class OwnAccount(models.Model):
    """An account of the agency. It may be met in a statement before its entity is typed in."""

    entity = models.ForeignKey(
        OwnEntity, models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    account = models.CharField(_("account"), max_length=34, unique=True)
    bik = models.CharField(_("bank code"), max_length=11, blank=True)
    bank = models.CharField(_("bank"), max_length=200, blank=True)
    currency = models.CharField(max_length=3, default="RUB")
    closed = models.BooleanField(_("closed"), default=False)

    def __str__(self) -> str:
        return self.account


class PayerAlias(models.Model):
    """A third party whose money is this client's: known by its tax number or its account."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="payer_aliases")
    name = models.CharField(_("name"), max_length=300, blank=True)
    inn = models.CharField(_("tax number"), max_length=12, blank=True, db_index=True)
    account = models.CharField(_("account"), max_length=34, blank=True, db_index=True)
    since = models.DateField()
    until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(inn="") | ~Q(account=""), name="payer_alias_is_known_by_something"
            ),
            models.UniqueConstraint(
                fields=["client", "inn", "account"],
                condition=Q(until=None),
                name="payer_alias_once",
            ),
        ]
