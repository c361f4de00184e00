"""From what to what each field of a client was changed, by whom and when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from pult.clients.access import client_and_holders, roles_of, sees_money
from pult.clients.field_words import field_word
from pult.clients.models import FieldChange
from pult.clients.queries.card import _header
from pult.clients.queries.ready import pauses_of
from pult.clients.queries.shapes import ClientHeader
from pult.kernel.roles import DEPARTMENT
from pult.ui.formats import exact

if TYPE_CHECKING:
    from pult.people.models import User

PAGE = 50
OF_MONEY = ("contract", "legalentity", "block")
OF_DEPARTMENT = ("plan",)
TABLES: dict[str, Any] = {
    "client": _("Card"),
    "contact": _("Contact"),
    "legalentity": _("Legal entity"),
    "contract": _("Contract"),
    "serviceline": _("Service line"),
    "aim": _("Goals and wishes"),
    "block": _("What we know"),
    "plan": _("Plan"),
    "customvalue": _("Own field"),
}


@dataclass(frozen=True)
class ChangeItem:
    """One change in words; `is_personal` when its words may be erased."""

    id: int
    table: str
    row: str
    field: str
    old: str
    new: str
    by: str
    at: datetime
    is_personal: bool
    is_erased: bool


def client_changes(
    user: "User", client_id: int, before: int = 0
) -> tuple[ClientHeader, tuple[ChangeItem, ...], int]:
    """The header, a page of changes with the newest first, and what the next one begins before
    (0: there is none). Readers see the tables they may see now."""
    client, held = client_and_holders(user, client_id, past=True)
    rows = FieldChange.objects.filter(client=client.pk).select_related("by")
    hidden = () if sees_money(user) else OF_MONEY
    hidden += () if roles_of(user) & DEPARTMENT else OF_DEPARTMENT
    rows = rows.exclude(table__in=hidden) if hidden else rows
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    named = _names(shown)
    header = _header(client, held, pauses_of(client.pk))
    items = tuple(_item(row, named) for row in shown)
    return header, items, shown[-1].pk if len(found) > PAGE else 0


def _names(rows: list[FieldChange]) -> dict[tuple[str, int], str]:
    """What the changed rows are called now: a query for each table met, three at most."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if row.table in ("contact", "serviceline", "legalentity"):
            wanted.setdefault(row.table, set()).add(row.row)
    return {
        (table, pk): name
        for table, ids in wanted.items()
        for pk, name in apps.get_model("clients", table)
        .objects.filter(pk__in=ids)
        .values_list("pk", "name")
    }


def _item(row: FieldChange, named: dict[tuple[str, int], str]) -> ChangeItem:
    return ChangeItem(
        id=row.pk,
        table=str(TABLES.get(row.table, row.table)),
        row=named.get((row.table, row.row), ""),
        field=field_word(row.field),
        old=_shown(row.table, row.field, row.old),
        new=_shown(row.table, row.field, row.new),
        by=row.by.full_name if row.by else "Pult",
        at=row.at,
        is_personal=row.table == "contact" and row.erased_at is None,
        is_erased=row.erased_at is not None,
    )


def _shown(table: str, name: str, value: str) -> str:
    """A kept text as people read it: the label of a choice, a day, yes or no."""
    field = apps.get_model("clients", table)._meta.get_field(name)
    kind = field.get_internal_type()
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if kind == "BooleanField":
        return str(_("yes") if value == "1" else _("no"))
    if kind == "DateField" and value:
        return exact(date.fromisoformat(value))
    if kind == "DateTimeField" and value:
        return exact(datetime.fromisoformat(value))
    return value
