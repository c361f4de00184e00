"""How much of a client's ad money waits at the agency to be moved to the ad account (П.1)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from pult.money.logic.balances import LineMoney

# Kopecks: what rounding leaves behind is not worth a trip to the ad account.
LEAST = 100_00
# What the agency may be trusted to lay out ahead of the client, in monthly budgets and at least.
MONTHS_AHEAD = 2
LEAST_AHEAD = 100_000_00
# An older day is a slip of the keyboard.
DAYS_BACK = 60
# What was laid out within so many days counts together: ten small sums are one large.
DAYS_TOGETHER = 30


def at_agency(rows: Iterable[LineMoney]) -> dict[int, int]:
    """Line → kopecks net of VAT to be topped up; 0 when nothing is left, never less.

    Where no top-up was ever logged, money that ads have spent already is no longer there to be
    moved. A top-up logged on one line of a shared ad account covers the others of the account.
    """
    rows = list(rows)
    pots: dict[tuple[bool, int], int] = defaultdict(int)
    for row in rows:
        pots[_pot(row)] += _left(row)
    return {row.line_id: max(min(_left(row), pots[_pot(row)]), 0) for row in rows}


def moved(rows: Iterable[LineMoney], line_id: int, amount: int) -> list[LineMoney]:
    """The same money once `amount` kopecks of the line's are at its ad account."""
    return [
        replace(row, topped_up=row.topped_up + amount, tracks_top_ups=True)
        if row.line_id == line_id
        else row
        for row in rows
    ]


def waiting(rows: Iterable[LineMoney]) -> dict[int, int]:
    """The same, only where a payment brought it: the balance a client moved in with asks for
    nothing by itself."""
    rows = list(rows)
    held = at_agency(rows)
    return {
        row.line_id: held[row.line_id] if min(held[row.line_id], row.paid) >= LEAST else 0
        for row in rows
    }


def laid_out(rows: Iterable[LineMoney]) -> dict[int, int]:
    """Line → kopecks by which more was moved to its ad account than came for it; 0 when less."""
    rows = list(rows)
    pots: dict[tuple[bool, int], int] = defaultdict(int)
    for row in rows:
        pots[_pot(row)] += _left(row)
    return {row.line_id: max(-pots[_pot(row)], 0) for row in rows}


def most(held: int, monthly_budget: int, laid_out: int = 0) -> int:
    """The largest top-up that is not a slip of the keyboard, in kopecks: what is held and what
    the agency may lay out ahead, less what it laid out already."""
    return held + max(max(MONTHS_AHEAD * monthly_budget, LEAST_AHEAD) - laid_out, 0)


def _left(row: LineMoney) -> int:
    came = row.opening_with_agency + row.paid
    if row.tracks_top_ups:
        return came - row.topped_up
    return min(came, came + row.opening_on_platform - row.spent)


def _pot(row: LineMoney) -> tuple[bool, int]:
    return (True, row.wallet) if row.wallet else (False, row.line_id)
