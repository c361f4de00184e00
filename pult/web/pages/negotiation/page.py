"""What is read before a negotiation: plan, tasks, spend, documents, questions, promises, talks."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pult.clients.access import sees_money
from pult.clients.field_words import platform_words
from pult.clients.queries.briefing import Briefing, briefing
from pult.clients.queries.shapes import ContactItem, LineItem
from pult.comms.queries import ContactEntry, latest_contacts
from pult.money.queries.spending import RecentSpend, recent_spend
from pult.money.queries.waited import Unpaid, unpaid_of
from pult.regulation.queries import LedgerRow, client_obligations
from pult.web.obligations import code_of
from pult.work.access import client_seen
from pult.work.queries.lists import SOONEST
from pult.work.queries.rows import aware
from pult.work.queries.shapes import TaskFilters
from pult.work.queries.wanted import found

if TYPE_CHECKING:
    from pult.people.models import User

TASKS, TALKS, OWED = 15, 5, 12


@dataclass(frozen=True)
class TaskLine:
    id: int
    title: str
    due: datetime
    state: str


@dataclass(frozen=True)
class NegotiationPage:
    """`lines` are (line, platform in words, its spend or None), `owed` (row, its state)."""

    client: Briefing
    lines: tuple[tuple[LineItem, str, RecentSpend | None], ...]
    owed: tuple[tuple[LedgerRow, str], ...]
    unpaid: Unpaid | None
    tasks: tuple[TaskLine, ...]
    talks: tuple[ContactEntry, ...]

    @property
    def has_deciders(self) -> bool:
        return any(person.decides for person in self.client.people)

    @property
    def people(self) -> tuple[ContactItem, ...]:
        """Those who decide; everybody while nobody is said to."""
        deciders = tuple(person for person in self.client.people if person.decides)
        return deciders or self.client.people


def negotiation_page(user: "User", client_id: int) -> NegotiationPage:
    """Everything at stake with a client; whoever sees no money sees none here."""
    client = briefing(user, client_id)
    spend = recent_spend(user, client_id)
    known = {("line", line.id): line.name for line in client.lines}
    known["client", client_id] = client.name
    return NegotiationPage(
        client=client,
        lines=tuple(
            (line, str(platform_words(line.platform)), spend.get(line.id)) for line in client.lines
        ),
        owed=tuple(
            (row, code_of(row)) for row in client_obligations(client_id, known=known)[:OWED]
        ),
        unpaid=unpaid_of(client_id, client.name) if sees_money(user) else None,
        tasks=_tasks(user, client_id),
        talks=latest_contacts(user, client_id, TALKS),
    )


def _tasks(user: "User", client_id: int) -> tuple[TaskLine, ...]:
    open_ones = TaskFilters(view="all", state="open", client=client_id)
    rows = found(user, open_ones, client_seen(user, client_id))
    told = rows.find("task.id, task.title, task.due, task.state", order=SOONEST, limit=TASKS)
    return tuple(TaskLine(pk, title, aware(due), state) for pk, title, due, state in told)
