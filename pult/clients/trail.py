"""The trail of a client's rows: from what to what each field was changed, by whom and when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from pult.clients.field_words import field_word
from pult.clients.models import Client, FieldChange
from pult.kernel import clock
from pult.ui.formats import short_day

if TYPE_CHECKING:
    from pult.people.models import User

# Columns the house computes: nobody typed them.
COMPUTED = frozenset(["phone_key"])
SHOWN = 80


def keep(row: Model, before: Mapping[str, Any], by: "User | None") -> None:
    """Note what the columns `before` held; rows of other domains, and the agency's, keep none."""
    client_id = client_of(row)
    if client_id is None:
        return
    now = clock.now()
    FieldChange.objects.bulk_create(
        FieldChange(
            client_id=client_id,
            table=table_of(row),
            row=row.pk,
            field=name,
            old=as_text(old),
            new=as_text(getattr(row, name)),
            version=row.version,
            by=by,
            at=now,
        )
        for name, old in before.items()
        if name not in COMPUTED
    )


def told_since(row: Model, version: int) -> tuple[str, dict[str, str]]:
    """What was changed after the version a person saw: field, old and new in words ('' when
    unknown), and what each of those fields held in that version."""
    if client_of(row) is None:
        return "", {}
    rows = FieldChange.objects.filter(table=table_of(row), row=row.pk, version__gt=version)
    changes = list(rows.select_related("by").order_by("pk"))
    last = {one.field: one for one in changes}
    base = {one.field: one.old for one in reversed(changes)}
    return "; ".join(_told(one) for one in last.values()), base


def client_of(row: Model) -> int | None:
    """The client a row of this package belongs to."""
    if row._meta.app_label != Client._meta.app_label:
        return None
    if isinstance(row, Client):
        return row.pk
    return getattr(row, "client_id", None)


def table_of(row: Model) -> str:
    return row._meta.model_name or ""


def as_text(value: Any) -> str:
    """A value as it stands in the trail: days in the ISO form, a row by its name."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def _told(one: FieldChange) -> str:
    who = one.by.full_name if one.by else "Pult"
    return f"{field_word(one.field)} «{_short(one.old)}» → «{_short(one.new)}» ({who})"


def _short(text: str) -> str:
    try:
        return short_day(date.fromisoformat(text))
    except ValueError:
        return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
