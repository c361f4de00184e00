"""Parameters: dated, scoped, signed numbers that cards name."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, get_args

from django.conf import settings
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import record
from pult.regulation import registry
from pult.regulation.evaluate.card import Amount, Unit
from pult.regulation.evaluate.parameters import FOLLOWS
from pult.regulation.index import parts
from pult.regulation.models import ParameterValue
from pult.regulation.pack_text import shipped_pack
from pult.regulation.signing import (
    SIGNERS,
    Scope,
    everywhere,
    require_future,
    require_reason,
    require_role,
    require_scope,
    signing,
)

if TYPE_CHECKING:
    from pult.people.models import User

AGENCY: Scope = ("agency", 0)
# What a number of each unit can mean; the pack's own are held to the same by a test.
BOUNDS: dict[Unit, tuple[int, int]] = {
    "wd": (0, 260),
    "bh": (0, 2000),
    "bmin": (0, 120_000),
    "day": (0, 1830),
    "month": (0, 60),
    "percent": (0, 100),
    "count": (0, 1000),
    "rub": (0, 1_000_000_000),
    "month_day": (1, 31),
}
SCOPES = ("agency", "team", "client", "line")


@dataclass(frozen=True)
class SignedValue:
    """A value in force: the signed one, or (`id` 0) the number written in the card."""

    id: int
    name: str
    value: int
    unit: str
    since: date | None
    recorded_at: datetime | None
    author: str
    reason: str
    clauses: tuple[str, ...]


def sign_parameter(
    *,
    name: str,
    value: int | None,
    effective_from: date,
    reason: str,
    by: "User",
    role: str,
    scope: Scope = AGENCY,
    retro: bool = False,
) -> ParameterValue:
    """Give a parameter a value from a day on, in a scope; the cards that name it follow. None: from
    that day the scope has no value of its own and follows the wider one (the agency: the card).

    `retro` signs a decision about the past: rows it changes say so by a transition of their own.
    BadInput for an unknown name, a negative value, a scope that is not there or a past day; Refusal
    for a role that may not sign, and when the same is signed for that day already.
    """
    require_role(by, role, SIGNERS)
    reason = require_reason(reason)
    require_future(effective_from, "effective_from", retro=retro)
    amount = _checked(name, value, scope)
    told = FOLLOWS if value is None else value
    with signing(everywhere(registry.current().using(name)), "parameter"):
        _refuse_second(name, told, effective_from, scope)
        row = ParameterValue.objects.create(
            name=name,
            value=told,
            unit=amount.unit,
            scope_type=scope[0],
            scope_id=scope[1],
            effective_from=effective_from,
            recorded_at=clock.now(),
            author=by,
            reason=reason,
        )
        record(
            "parameter.signed",
            root_id=0,
            refs={},
            by=by,
            role=role,
            key=name,
            value=told,
            day=effective_from,
            payload={"scope_type": scope[0], "scope_id": scope[1]},
        )
    return row


def _refuse_second(name: str, told: int, day: date, scope: Scope) -> None:
    """The newest word about a day is in force: saying it again would change nothing."""
    said = ParameterValue.objects.filter(
        name=name, scope_type=scope[0], scope_id=scope[1], effective_from=day
    )
    newest_said = said.order_by("recorded_at", "id").last()
    if newest_said is not None and newest_said.value == told:
        raise Refusal(
            _("This number is signed for that day already"),
            cure=_("Choose another number or another day"),
        )


def _checked(name: str, value: int | None, scope: Scope) -> Amount:
    amount = amounts().get(name)
    if amount is None:
        raise BadInput(_("There is no parameter “%(name)s”") % {"name": name}, field="name")
    least, most = BOUNDS[amount.unit]
    if value is not None and not least <= value <= most:
        raise BadInput(
            _("Choose a number between %(least)d and %(most)d") % {"least": least, "most": most},
            field="value",
        )
    require_scope(scope, SCOPES)
    return amount


def withdraw(*, value_id: int, reason: str, by: "User", role: str) -> ParameterValue:
    """Take a signed value back before its day: what its scope had before stays in force, and where
    it had nothing of its own, what the wider scope has.

    Nothing is deleted: that is signed for the same day.
    """
    row = ParameterValue.objects.filter(pk=value_id).first()
    if row is None:
        raise BadInput(_("There is no such value"))
    if row.effective_from <= clock.today(settings.TIME_ZONE):
        raise BadInput(
            _("This value is in force already"), cure=_("Sign another value from today on")
        )
    before = (
        ParameterValue.objects.filter(
            name=row.name,
            scope_type=row.scope_type,
            scope_id=row.scope_id,
            effective_from__lt=row.effective_from,
        )
        .order_by("effective_from", "recorded_at", "id")
        .last()
    )
    return sign_parameter(
        name=row.name,
        value=before.value if before and before.value != FOLLOWS else None,
        effective_from=row.effective_from,
        reason=reason,
        by=by,
        role=role,
        scope=(row.scope_type, row.scope_id),
    )


_amounts: tuple[registry.Regulation | None, dict[str, Amount]] = (None, {})


def amounts() -> dict[str, Amount]:
    """Every parameter by name with its number and unit: as the pack ships it, and for those that
    signed cards name, as they say."""
    global _amounts
    regulation = registry.current()
    if _amounts[0] is not regulation:
        _amounts = regulation, _amounts_of(regulation)
    return _amounts[1]


def _amounts_of(regulation: registry.Regulation) -> dict[str, Amount]:
    found = {
        shipped.name: Amount(shipped.value, shipped.unit, shipped.name)
        for shipped in shipped_pack().parameters.values()
        if shipped.unit in get_args(Unit)
    }
    for card in regulation.editions:
        for part in parts(card):
            if isinstance(part, Amount) and part.name:
                found[part.name] = part
    return found


def unit_of(name: str) -> Unit | None:
    """The unit of a parameter, None when no card names it."""
    amount = amounts().get(name)
    return amount.unit if amount else None


def in_force(
    on: date | None = None, said: Mapping[str, list[ParameterValue]] | None = None
) -> list[SignedValue]:
    """The agency's value of every parameter on a day (today), with its source, by name.

    `said` are the histories when they have been read already.
    """
    on = on or clock.today(settings.TIME_ZONE)
    said = histories() if said is None else said
    return [
        _signed_value(name, amount, newest(said.get(name, ()), on).get(AGENCY))
        for name, amount in sorted(amounts().items())
    ]


def newest(rows: Iterable[ParameterValue], on: date) -> dict[Scope, ParameterValue]:
    """By scope the value in force on a day, of rows with the newest first."""
    found: dict[Scope, ParameterValue] = {}
    for row in rows:
        if row.effective_from <= on:
            found.setdefault((row.scope_type, row.scope_id), row)
    return {scope: row for scope, row in found.items() if row.value != FOLLOWS}


def history(name: str) -> list[ParameterValue]:
    """Every signed value of a parameter in every scope, newest first."""
    return histories([name]).get(name, [])


def histories(names: Collection[str] | None = None) -> dict[str, list[ParameterValue]]:
    """Every signed value in every scope by name (None: of every parameter), newest first; one
    query."""
    rows = ParameterValue.objects.all()
    if names is not None:
        rows = rows.filter(name__in=names)
    found: dict[str, list[ParameterValue]] = {}
    for row in rows.select_related("author").order_by("-effective_from", "-recorded_at", "-id"):
        found.setdefault(row.name, []).append(row)
    return found


def number(name: str, default: int) -> int:
    """The agency's value today of a parameter that no card names, such as the noise budget."""
    found = registry.current().said(name, clock.to_minute(clock.now()))
    return default if found is None else found


def _signed_value(name: str, amount: Amount, row: ParameterValue | None) -> SignedValue:
    return SignedValue(
        id=row.pk if row else 0,
        name=name,
        value=row.value if row else amount.value,
        unit=amount.unit,
        since=row.effective_from if row else None,
        recorded_at=row.recorded_at if row else None,
        author=str(row.author) if row and row.author else "",
        reason=row.reason if row else "",
        clauses=tuple(sorted(registry.current().using(name))),
    )
