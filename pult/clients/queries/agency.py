"""The agency's own legal entities, their VAT by day and their accounts, as its page shows them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pult.clients.models import OwnAccount, OwnEntity, OwnVat
from pult.kernel.errors import NotVisible


@dataclass(frozen=True)
class OwnAccountItem:
    """An account; `entity_id` is None for one met in a statement, until somebody says whose."""

    id: int
    account: str
    bik: str
    bank: str
    closed: bool
    entity_id: int | None


@dataclass(frozen=True)
class OwnEntityItem:
    """A legal entity; `vats` are (first day, words), the first of them from the beginning (None).

    `lacks` are names of columns a document prints and that are still empty.
    """

    row: OwnEntity
    vat: str
    vats: tuple[tuple[date | None, str], ...]
    accounts: tuple[OwnAccountItem, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class AgencyItem:
    """`strays` are accounts nobody has named the owner of."""

    entities: tuple[OwnEntityItem, ...]
    strays: tuple[OwnAccountItem, ...]


def agency(today: date) -> AgencyItem:
    """Every entity, those in use first; three queries."""
    rows = OwnEntity.objects.order_by("closed", "pk").prefetch_related("vats")
    accounts = [
        OwnAccountItem(row.pk, row.account, row.bik, row.bank, row.closed, row.entity_id)
        for row in OwnAccount.objects.order_by("closed", "pk")
    ]
    return AgencyItem(
        entities=tuple(_item(row, accounts, today) for row in rows),
        strays=tuple(one for one in accounts if one.entity_id is None),
    )


def own_entity_of(entity_id: int) -> OwnEntity:
    """The agency's entity; raises NotVisible when there is none."""
    row = OwnEntity.objects.filter(pk=entity_id).first()
    if row is None:
        raise NotVisible(_("The agency has no such legal entity"))
    return row


def own_account_of(account_id: int) -> OwnAccount:
    """The agency's account; raises NotVisible when there is none."""
    row = OwnAccount.objects.select_related("entity").filter(pk=account_id).first()
    if row is None:
        raise NotVisible(_("The agency has no such account"))
    return row


def own_vat_on(entity: OwnEntity, day: date) -> str:
    """How the entity charges VAT on a day, a code of `OwnEntity.Vat`."""
    rows = OwnVat.objects.filter(entity=entity, since__lte=day).order_by("-since")
    return rows.values_list("vat", flat=True).first() or entity.vat


def _item(row: OwnEntity, accounts: list[OwnAccountItem], today: date) -> OwnEntityItem:
    words = {None: row.get_vat_display()}
    words |= {one.since: one.get_vat_display() for one in sorted(row.vats.all(), key=_since)}
    begun = [text for since, text in words.items() if since is None or since <= today]
    mine = tuple(one for one in accounts if one.entity_id == row.pk)
    printed = {"inn": row.inn, "address": row.address, "signatory": row.signatory}
    lacks = [name for name, value in printed.items() if not value]
    if not any(not one.closed for one in mine):
        lacks.append("account")
    return OwnEntityItem(row, begun[-1], tuple(words.items()), mine, tuple(lacks))


def _since(row: OwnVat) -> date:
    return row.since
