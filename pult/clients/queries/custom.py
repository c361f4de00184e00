"""The agency's own fields, and a client's values of them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, FilteredRelation, Q
from django.utils.translation import gettext as _

from pult.clients.access import client_for
from pult.clients.models import CustomField

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class FieldItem:
    """A field of the agency's own; `used` is on how many cards it is filled in."""

    id: int
    name: str
    kind: str
    kind_label: str
    options: tuple[str, ...]
    place: int
    closed: bool
    used: int
    version: int


@dataclass(frozen=True)
class ValueItem:
    """A field with a client's value: `shown` in words, `version` 0 where nothing was typed."""

    field: FieldItem
    value: str
    shown: Any
    version: int


def custom_fields() -> tuple[FieldItem, ...]:
    """Every field, those still asked first. One query."""
    used = Count("values_of_clients", filter=~Q(values_of_clients__value=""))
    rows = CustomField.objects.annotate(used=used).order_by("closed", "place", "pk")
    return tuple(_item(row, row.used) for row in rows)


def client_custom(user: "User", client_id: int) -> tuple[ValueItem, ...]:
    """What the fields still asked hold for a client this person sees."""
    return custom_of(client_for(user, client_id).pk)


def custom_of(client_id: int) -> tuple[ValueItem, ...]:
    """The same for a client already checked. One query."""
    own = FilteredRelation("values_of_clients", condition=Q(values_of_clients__client=client_id))
    fields = CustomField.objects.filter(closed=False).annotate(
        own=own, own_value=F("own__value"), own_version=F("own__version")
    )
    return tuple(_value(_item(field), field) for field in fields.order_by("place", "pk"))


def _item(row: CustomField, used: int = 0) -> FieldItem:
    return FieldItem(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        kind_label=str(CustomField.Kind(row.kind).label),
        options=tuple(row.options.splitlines()),
        place=row.place,
        closed=row.closed,
        used=used,
        version=row.version,
    )


def _value(field: FieldItem, row: CustomField) -> ValueItem:
    value = row.own_value or ""
    shown: Any = value
    if field.kind == CustomField.Kind.DAY and value:
        shown = date.fromisoformat(value)
    elif field.kind == CustomField.Kind.YES:
        shown = _("yes") if value else _("no")
    return ValueItem(field, value, shown, row.own_version or 0)
