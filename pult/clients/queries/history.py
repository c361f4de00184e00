"""From what to what each field of a client was changed, by whom and when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from pult.clients.access import client_and_holders
from pult.clients.field_words import field_word
from pult.clients.handover_words import AIMS, CALL_FIELDS, GAPS
from pult.clients.history_audience import changes_read_by
from pult.clients.models import FieldChange
from pult.clients.queries.card import _header
from pult.clients.queries.ready import pauses_of
from pult.clients.queries.shapes import ClientHeader
from pult.ui.formats import exact, money

if TYPE_CHECKING:
    from pult.people.models import User

PAGE = 50
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
    "firstcall": _("First call"),
}
# Columns that keep codes of a list, and those that keep kopecks.
CODED: dict[str, dict[str, Any]] = {"aims": AIMS, "gaps_settled": GAPS}
KOPECKS = frozenset(["cost", "monthly_budget"])


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
    (0: there is none). Readers see the columns they may see now."""
    client, held = client_and_holders(user, client_id, past=True)
    rows = FieldChange.objects.filter(client=client.pk).select_related("by")
    rows = rows.filter(changes_read_by(user))
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
        field=_called(row),
        old=_shown(row.table, row.field, row.old),
        new=_shown(row.table, row.field, row.new),
        by=row.by.full_name if row.by else "Pult",
        at=row.at,
        is_personal=row.table == "contact" and row.erased_at is None,
        is_erased=row.erased_at is not None,
    )


def _called(row: FieldChange) -> str:
    if row.table == "firstcall" and row.field in CALL_FIELDS:
        return str(CALL_FIELDS[row.field])
    return field_word(row.field)


def _shown(table: str, name: str, value: str) -> str:
    """A kept text as people read it: the label of a choice, a day, yes or no."""
    field = apps.get_model("clients", table)._meta.get_field(name)
    kind = field.get_internal_type()
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if name in CODED:
        return ", ".join(str(CODED[name][code]) for code in CODED[name] if code in value)
    if name in KOPECKS and value:
        return money(int(value))
    if kind == "BooleanField":
        return str(_("yes") if value == "1" else _("no"))
    if kind == "DateField" and value:
        return exact(date.fromisoformat(value))
    if kind == "DateTimeField" and value:
        return exact(datetime.fromisoformat(value))
    return value
