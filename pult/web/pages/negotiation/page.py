"""What is read before a negotiation: plan, tasks, spend, documents, questions, promises, talks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from pult.clients.access import sees_money
from pult.clients.field_words import platform_words
from pult.clients.queries.aims import AimItem
from pult.clients.queries.briefing import Briefing, ContractLine, briefing
from pult.clients.queries.shapes import ContactItem, LineItem
from pult.comms.queries import ContactEntry, latest_contacts
from pult.money.queries.spending import RecentSpend, recent_spend
from pult.money.queries.waited import Awaited, Unpaid, unpaid_of
from pult.regulation.queries import LedgerRow, client_obligations
from pult.web.obligations import code_of
from pult.work.access import client_seen
from pult.work.queries.lists import SOONEST
from pult.work.queries.rows import aware
from pult.work.queries.shapes import TaskFilters
from pult.work.queries.wanted import found

if TYPE_CHECKING:
    from pult.people.models import User

T = TypeVar("T")

# What one sheet of A4 holds: of each list this many, the soonest or the newest, then a link.
AIMS, OWED, TASKS, TALKS = 5, 8, 8, 3
LINES, INVOICES, CONTRACTS, PEOPLE = 6, 4, 3, 4


@dataclass(frozen=True)
class Cut(Generic[T]):
    """The first of a list, and whether anything is left out."""

    shown: tuple[T, ...]
    is_cut: bool


def first(most: int, rows: Sequence[T]) -> Cut[T]:
    """The first of `rows`; whoever asked for one more than `most` learns that there are more."""
    return Cut(tuple(rows[:most]), len(rows) > most)


@dataclass(frozen=True)
class TaskLine:
    id: int
    title: str
    due: datetime
    state: str


@dataclass(frozen=True)
class NegotiationPage:
    """`lines` are (line, platform in words, its spend or None), `owed` (row, its state). `people`
    are those who decide; everybody while nobody is said to."""

    client: Briefing
    aims: Cut[AimItem]
    lines: Cut[tuple[LineItem, str, RecentSpend | None]]
    owed: Cut[tuple[LedgerRow, str]]
    unpaid: Unpaid | None
    awaited: Cut[Awaited]
    contracts: Cut[ContractLine]
    tasks: Cut[TaskLine]
    talks: Cut[ContactEntry]
    people: Cut[ContactItem]
    has_deciders: bool


def negotiation_page(user: "User", client_id: int) -> NegotiationPage:
    """Everything at stake with a client; whoever sees no money sees none here."""
    client = briefing(user, client_id)
    spend = recent_spend(user, client_id)
    known = {("line", line.id): line.name for line in client.lines}
    known["client", client_id] = client.name
    owed = client_obligations(client_id, known=known)
    unpaid = unpaid_of(client_id, client.name) if sees_money(user) else None
    deciders = tuple(person for person in client.people if person.decides)
    return NegotiationPage(
        client=client,
        aims=first(AIMS, client.aims),
        lines=first(
            LINES,
            [(row, str(platform_words(row.platform)), spend.get(row.id)) for row in client.lines],
        ),
        owed=first(OWED, [(row, code_of(row)) for row in owed]),
        unpaid=unpaid,
        awaited=first(INVOICES, unpaid.awaited if unpaid else ()),
        contracts=first(CONTRACTS, client.contracts),
        tasks=first(TASKS, _tasks(user, client_id)),
        talks=first(TALKS, latest_contacts(user, client_id, TALKS + 1)),
        people=first(PEOPLE, deciders or client.people),
        has_deciders=bool(deciders),
    )


def _tasks(user: "User", client_id: int) -> tuple[TaskLine, ...]:
    open_ones = TaskFilters(view="all", state="open", client=client_id)
    rows = found(user, open_ones, client_seen(user, client_id))
    told = rows.find("task.id, task.title, task.due, task.state", order=SOONEST, limit=TASKS + 1)
    return tuple(TaskLine(pk, title, aware(due), state) for pk, title, due, state in told)
