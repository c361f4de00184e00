"""Tasks of a generated agency, inserted in bulk: rows without facts, so the ledger asks nothing
of them. What is done to one afterwards is recorded as usual."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from pult.people.actions import hire
from pult.people.models import Department
from pult.work.generated import BATCH, index_generated
from pult.work.models import Comment, Project, Task

YEAR = 365
CLIENTS_A_MAKER = 100  # of a department
# Department, its form, the kind of work.
MADE_BY = (
    ("context", "context", "context"),
    ("design", "design", "design"),
    ("seo", "seo", "seo"),
    ("target", "target", "context"),
    ("smm", "smm", "smm"),
    ("web", "web", "web"),
)
A_CLIENT = 3  # departments that work for one client
# Of a hundred tasks eighty are accepted; the rest stand in every state.
STATES = ("accepted", "cancelled", "new", "taken", "done", "returned", "bounced")
SHARES = (0.77, 0.03, 0.07, 0.08, 0.03, 0.01, 0.01)
HELD = frozenset({"accepted", "taken", "done", "returned"})
SAID = 0.3


@dataclass(frozen=True)
class Makers:
    """The specialists of each department, by its place in `MADE_BY`."""

    ids: tuple[tuple[int, ...], ...]


def hire_makers(clients: int, since: datetime) -> Makers:
    """As many specialists as so many clients ask for."""
    count = max(1, clients // CLIENTS_A_MAKER)
    return Makers(
        tuple(
            tuple(_maker(code, number, since) for number in range(count))
            for code, _form, _kind in MADE_BY
        )
    )


def write_tasks(
    clients: Sequence[int],
    managers: Sequence[int],
    makers: Makers,
    *,
    each: int,
    seed: int,
    now: datetime,
) -> int:
    """About `each` tasks for every client, set over the year and due around their setting."""
    random = np.random.default_rng(seed)
    projects = _projects(clients, now)
    told = list(_tasks(projects, clients, managers, makers, random, each, now))
    with transaction.atomic():
        rows = Task.objects.bulk_create(told, batch_size=BATCH)
        said = np.flatnonzero(random.random(len(rows)) < SAID)
        Comment.objects.bulk_create(
            (
                Comment(task=rows[n], by_id=rows[n].author_id, at=now, text="Как идут дела?")
                for n in said
            ),
            batch_size=BATCH,
        )
        index_generated(rows)
    return len(rows)


def _maker(department: str, number: int, since: datetime) -> int:
    return hire(
        email=f"{department}{number + 1}@seed.pult",
        full_name=f"Специалист {department} {number + 1}",
        roles=["executor"],
        department=Department.objects.get_or_create(code=department)[0],
        since=since.date(),
        by=None,
    ).pk


def _projects(clients: Sequence[int], now: datetime) -> list[Project]:
    """`A_CLIENT` in a row for each client."""
    started = (now - timedelta(days=YEAR)).date()
    with transaction.atomic():
        return Project.objects.bulk_create(
            (
                Project(
                    client_id=client,
                    department=MADE_BY[(place + n) % len(MADE_BY)][0],
                    started_on=started,
                )
                for place, client in enumerate(clients)
                for n in range(A_CLIENT)
            ),
            batch_size=BATCH,
        )


def _tasks(
    projects: Sequence[Project],
    clients: Sequence[int],
    managers: Sequence[int],
    makers: Makers,
    random: np.random.Generator,
    each: int,
    now: datetime,
) -> Iterator[Task]:
    count = len(clients) * each
    states = random.choice(len(STATES), count, p=SHARES)
    age = random.integers(20, YEAR * 24, count)  # hours since a closed one was set
    fresh = random.integers(2, 15 * 24, count)  # and since an open one was
    term = random.integers(16, 20 * 24, count)
    which, whose = random.integers(0, A_CLIENT, count), random.random(count)
    for number in range(count):
        place, state = number // each, STATES[states[number]]
        closed = state in ("accepted", "cancelled")
        made = (place + int(which[number])) % len(MADE_BY)
        people = makers.ids[made]
        doer = people[int(whose[number] * len(people))] if state in HELD else None
        created = now - timedelta(hours=int(age[number] if closed else fresh[number]))
        due = created + timedelta(hours=int(term[number]))
        department, form, kind = MADE_BY[made]
        yield Task(
            project=projects[place * A_CLIENT + int(which[number])],
            client_id=clients[place],
            department=department,
            template=form,
            kind=kind,
            title=f"Задача {number + 1}",
            result="Сделано то, о чём договорились",
            measure="Видно в отчёте",
            state=state,
            due=due,
            due_first=due,
            author_id=managers[place],
            assignee_id=doer,
            taken_by_id=doer,
            taken_at=created if doer else None,
            done_at=min(due, now) if state in ("accepted", "done") else None,
            closed_at=min(due, now) if closed else None,
            created_at=created,
            changed_at=created,
            estimate=int(term[number]) % 480,
            bounces=1 if state == "bounced" else 0,
        )
