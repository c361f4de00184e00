"""A balance that is over, told as over: the forecast on a page may be older than the balance."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pult.money.queries.history import Flows

if TYPE_CHECKING:
    from pult.money.queries.client import LineFunds

ONE = timedelta(days=1)


def by_balance(
    lines: Iterable["LineFunds"], flows: Flows, since: date, today: date
) -> tuple["LineFunds", ...]:
    """The lines with what their forecast says held against what they have now.

    Below nothing, the money has ended, on the day its balance fell below (`since` at the
    earliest: flows are known from then on). With money again, the forecast of its end is old. At
    nothing to the kopeck the forecast is believed.
    """
    rows = list(lines)
    pots: dict[tuple[str, int], list[LineFunds]] = defaultdict(list)
    for one in rows:
        pots[_pot(one)].append(one)
    told = {}
    for members in pots.values():
        living = [one for one in members if one.status == "running"] or members
        left = living[0].on_platform + sum(one.with_agency for one in living)
        if left == 0:
            told |= {one.line_id: one for one in members}
            continue
        ended_on = day_of_end(left, _joint(members, flows), since, today) if left < 0 else None
        told |= {one.line_id: _told(one, ended_on) for one in members}
    return tuple(told[one.line_id] for one in rows)


def day_of_end(left: int, flows: Mapping[date, int], since: date, today: date) -> date:
    """The day since which every evening was below nothing; `left` kopecks, also below, are today's.

    A line worked for before any money came has been without since its first spend.
    """
    day, before = today, left - flows.get(today, 0)
    while before < 0 and day > since:
        day -= ONE
        before -= flows.get(day, 0)
    return day


def _told(one: "LineFunds", ended_on: date | None) -> "LineFunds":
    if one.as_of is None or one.has_ended == (ended_on is not None):
        return one
    return replace(
        one,
        ends_on=ended_on,
        ends_from=ended_on,
        ends_to=ended_on,
        band=one.band if ended_on else (),
        is_spent=ended_on is not None,
    )


def _pot(one: "LineFunds") -> tuple[str, int]:
    return ("wallet", one.wallet_id) if one.wallet_id else ("line", one.line_id)


def _joint(members: Sequence["LineFunds"], flows: Flows) -> dict[date, int]:
    joint: dict[date, int] = defaultdict(int)
    for one in members:
        for day, amount in flows.get(one.line_id, {}).items():
            joint[day] += amount
    return joint
