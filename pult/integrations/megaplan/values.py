"""Megaplan's typed values as plain ones."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pult.integrations.migration import tidy
from pult.integrations.migration.shape import Link

# contentType of an entity → the kind of record it becomes.
KINDS = {
    "ContractorCompany": "company",
    "ContractorHuman": "contact",
    "Deal": "deal",
    "Task": "task",
}


def moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """A DateTime with its offset; a DateOnly is the end of that day."""
    if isinstance(value, Mapping) and value.get("contentType") == "DateOnly":
        day = only(value)
        return datetime(day.year, day.month, day.day, 23, 59, tzinfo=zone) if day else None
    return tidy.moment(value.get("value") if isinstance(value, Mapping) else value, zone)


def day(value: Any, zone: ZoneInfo) -> date | None:
    if isinstance(value, Mapping) and value.get("contentType") == "DateOnly":
        return only(value)
    return tidy.day(value.get("value") if isinstance(value, Mapping) else value, zone)


def only(value: Mapping[str, Any]) -> date | None:
    """A DateOnly: its months are counted from 0."""
    try:
        return date(int(value["year"]), int(value["month"]) + 1, int(value["day"]))
    except (KeyError, ValueError, TypeError):
        return None


def money(value: Any) -> tuple[int, str]:
    """A Money in kopecks, and its currency."""
    if not isinstance(value, Mapping):
        return tidy.kopecks(value or 0), "RUB"
    return tidy.kopecks(value.get("value") or 0), str(value.get("currency") or "RUB")[:3]


def state(value: Any) -> tuple[str, str] | None:
    """The id and name of a contractor's status: an entity, or in some accounts just its name."""
    if isinstance(value, Mapping):
        found = str(value.get("id") or "")[:64]
        return (found, str(value.get("name") or found)) if found else None
    return (str(value)[:64], str(value)) if value else None


def pk(value: Any) -> str:
    """The id of a linked entity; "" for none."""
    return str(value["id"]) if isinstance(value, Mapping) and value.get("id") else ""


def pks(values: Any) -> tuple[str, ...]:
    return tuple(filter(None, (pk(one) for one in values or ())))


def link(value: Any) -> Link | None:
    """A link to a record that is brought over."""
    if not isinstance(value, Mapping):
        return None
    kind = KINDS.get(str(value.get("contentType")))
    return (kind, str(value["id"])) if kind and value.get("id") else None


def reach(row: Mapping[str, Any], name: str) -> str:
    """Phone or e-mail: a field of its own, or the first such of `contactInfo`."""
    if value := row.get(name):
        return str(value[0] if isinstance(value, list) else value)
    for one in row.get("contactInfo") or ():
        if str(one.get("type") or one.get("subject") or "").lower().startswith(name):
            return str(one.get("value") or "")
    return ""
