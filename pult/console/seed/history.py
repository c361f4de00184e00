"""A year of facts as columns: invoice cycles, contacts, meetings, spend, skewed over clients.

Everything is numpy until the rows are written: two million facts take seconds, not minutes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np

from pult.console.seed.agency import Agency

DAY = 1440
YEAR = 365
# Minutes after the working day began, for each step of one invoice cycle, and its kind.
CYCLE = (
    ("invoice.requested", "", 0, 60),
    ("invoice.issued", "", 1, 120),
    ("invoice.paid", "none", 1, 121),
    ("invoice.due", "", 1, 122),
    ("invoice.sent", "", 1, 180),
    ("payment.received", "", 5, 200),
    ("invoice.paid", "full", 5, 201),
    ("line.funded", "full", 5, 202),
    ("line.funds_end", "", 6, 30),
)
# What follows a payment for ads (П.1): of ten, nine top-ups come within hours and one a day later;
# of a hundred clients three have money that came these days and waits still.
TOP_UP = (("line.money_waits", "waits"), ("line.topped_up", ""), ("line.money_waits", "moved"))
LATE, WAITING = 0.1, 0.03
START = (("client.status", "client"), ("line.opened", ""), ("line.status", "running"))
SHARES = (("contact.logged", 0.78), ("spend.loaded", 0.16), ("meeting.held", 0.06))


@dataclass
class Columns:
    """Parts of the history, joined and sorted by time when it is written."""

    kind: list[np.ndarray] = field(default_factory=list)
    state: list[np.ndarray] = field(default_factory=list)
    client: list[np.ndarray] = field(default_factory=list)
    at: list[np.ndarray] = field(default_factory=list)
    invoice: list[np.ndarray] = field(default_factory=list)
    day: list[np.ndarray] = field(default_factory=list)

    def add(self, kind: str, state: str, client, at, invoice=None, day=None) -> None:
        """One kind at a time: `client` are positions, `at` minutes, `day` days since 1970."""
        count = len(client)
        self.kind.append(np.full(count, kind, dtype=object))
        self.state.append(np.full(count, state, dtype=object))
        self.client.append(np.asarray(client))
        self.at.append(np.asarray(at))
        self.invoice.append(np.zeros(count, int) if invoice is None else np.asarray(invoice))
        self.day.append(np.full(count, -1) if day is None else np.asarray(day))


@dataclass(frozen=True)
class Invoices:
    """Which client each invoice is of, the minutes it was asked for and paid at; invoice n has id
    n + 1. `waiting` are those whose money waits for a top-up, `since` the minutes it does."""

    client: np.ndarray
    asked: np.ndarray
    paid: np.ndarray
    waiting: np.ndarray
    since: np.ndarray


def write_history(
    agency: Agency, *, facts: int, seed: int, today: date
) -> tuple[dict[str, np.ndarray], Invoices]:
    """Columns of about `facts` facts in order of time, and the invoices they speak of."""
    random = np.random.default_rng(seed)
    clients = len(agency.clients)
    first = (today - timedelta(days=YEAR) - date(1970, 1, 1)).days * DAY
    columns = Columns()
    for kind, state in START:
        columns.add(kind, state, np.arange(clients), np.full(clients, first + 9 * 60))
    room = max(facts - clients * len(START), 0)
    cycles = int(min(12, room * 0.5 / max(clients, 1) / len(CYCLE)))
    invoices = _cycles(columns, random, clients, cycles, first)
    written = clients * cycles * (len(CYCLE) + len(TOP_UP))
    _daily(columns, random, clients, room - written, first)
    joined = {name: np.concatenate(parts) for name, parts in vars(columns).items()}
    order = np.argsort(joined["at"], kind="stable")
    return {name: values[order] for name, values in joined.items()}, invoices


def _cycles(
    columns: Columns, random: np.random.Generator, clients: int, cycles: int, first: int
) -> Invoices:
    who = np.repeat(np.arange(clients), cycles)
    start = np.tile(np.arange(cycles) * 30, clients) + random.integers(2, 14, len(who))
    number = np.arange(len(who)) + 1
    asked = paid = np.zeros(0, int)
    for place, (kind, state, days, minute) in enumerate(CYCLE):
        late = random.integers(0, 4, len(who)) if days else 0
        at = first + (start + days + late) * DAY + 8 * 60 + minute
        day = None
        if kind == "invoice.due":
            day = at // DAY + 5
        if kind == "line.funds_end":
            day = at // DAY + random.integers(15, 32, len(who))
        columns.add(kind, state, who, at, number, day)
        if place == 0:
            asked = at
        if kind == "payment.received":
            paid = at
    waiting, since = _top_ups(columns, random, who, paid, max(cycles, 1), first)
    return Invoices(who, asked, paid, waiting, since)


def _top_ups(
    columns: Columns,
    random: np.random.Generator,
    who: np.ndarray,
    paid: np.ndarray,
    cycles: int,
    first: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Ad money waits from the minute it is known of until it is moved; the invoices whose money
    waits still, and since when. Only the last one of a client may."""
    count = len(who)
    is_last = np.arange(count) % cycles == cycles - 1
    waits = is_last & (random.random(count) < WAITING)
    known = 8 * 60 + random.integers(200, 430, count) - random.integers(1, 5, count) * DAY
    began = np.where(waits, first + YEAR * DAY + known, paid + 2)
    is_late = random.random(count) < LATE
    moved = began + random.integers(20, 200, count) + is_late * DAY
    columns.add(*TOP_UP[0], who, began)
    columns.add(*TOP_UP[1], who[~waits], moved[~waits], day=moved[~waits] // DAY)
    columns.add(*TOP_UP[2], who[~waits], moved[~waits])
    return np.flatnonzero(waits), began[waits]


def _daily(
    columns: Columns, random: np.random.Generator, clients: int, count: int, first: int
) -> None:
    weight = random.lognormal(0, 0.6, clients)
    for kind, share in SHARES:
        amount = max(int(count * share), 0)
        who = random.choice(clients, amount, p=weight / weight.sum())
        day = random.integers(0, YEAR, amount)
        at = first + day * DAY + 8 * 60 + random.integers(0, 480, amount)
        if kind == "contact.logged":
            talked = random.random(amount) < 0.9
            columns.add(kind, "two_way", who[talked], at[talked])
            columns.add(kind, "attempt", who[~talked], at[~talked])
        else:
            columns.add(kind, "", who, at, day=at // DAY - 1 if kind == "spend.loaded" else None)


def rows(
    columns: dict[str, np.ndarray], agency: Agency, *, chunk: int, zone_mark: str
) -> Iterator[list[tuple]]:
    """Rows of kernel_fact in its column order (see `COLUMNS`), `chunk` at a time."""
    clients, lines = np.array(agency.clients), np.array(agency.lines)
    for start in range(0, len(columns["at"]), chunk):
        part = {name: values[start : start + chunk] for name, values in columns.items()}
        when = [text.replace("T", " ") + zone_mark for text in _text(part["at"], "m", "s")]
        days = _text(part["day"], "D", "D")
        yield [
            (
                start + place + 1,
                kind,
                int(clients[who]),
                _refs(kind, int(clients[who]), int(lines[who]), int(invoice)),
                at,
                at,
                _key(kind, int(invoice)),
                day if known >= 0 else None,
                state,
                1_000_000 if kind in VALUED else None,
                "",
                agency.managers[who],
                "seed",
                None,
                "{}",
                None,
                1,
            )
            for place, (kind, state, who, at, invoice, known, day) in enumerate(
                zip(
                    part["kind"],
                    part["state"],
                    part["client"],
                    when,
                    part["invoice"],
                    part["day"],
                    days,
                    strict=True,
                )
            )
        ]


VALUED = frozenset(["payment.received", "spend.loaded", "line.funds_end", "line.topped_up"])
CLIENT_ONLY = frozenset(["client.status", "contact.logged", "meeting.held"])
LINE_ONLY = frozenset(
    [
        "line.opened",
        "line.status",
        "line.funded",
        "line.funds_end",
        "line.money_waits",
        "line.topped_up",
        "spend.loaded",
    ]
)


def _text(values: np.ndarray, unit: str, resolution: str) -> list[str]:
    stamps = values.astype(f"datetime64[{unit}]").astype(f"datetime64[{resolution}]")
    return np.datetime_as_string(stamps, unit=resolution).tolist()


def _refs(kind: str, client: int, line: int, invoice: int) -> str:
    if kind in CLIENT_ONLY:
        return f'{{"client":{client}}}'
    if kind in LINE_ONLY:
        return f'{{"client":{client},"line":{line}}}'
    if kind == "invoice.due":
        return f'{{"client":{client},"invoice":{invoice}}}'
    return f'{{"client":{client},"line":{line},"invoice":{invoice}}}'


def _key(kind: str, invoice: int) -> str:
    if kind == "invoice.due":
        return str(invoice)
    return f"p{invoice}" if kind == "line.funds_end" else ""


def moment(minute: int) -> datetime:
    """A minute since 1970 as a naive UTC datetime, for building rows."""
    return datetime(1970, 1, 1) + timedelta(minutes=int(minute))  # noqa: DTZ001
