"""Which rows of the regulation an import would open, found before anything is written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import count

from django.db.models import Model

from pult.clients.actions.movein.materialise import Made, build
from pult.clients.actions.movein.telling import drafts_of
from pult.clients.logic.movein import ClientPlan
from pult.clients.models import Client, ImportBatch, ImportRow
from pult.kernel import clock
from pult.kernel.facts import Draft
from pult.regulation import calendars, modes, registry
from pult.regulation.calendars import midnight
from pult.regulation.evaluate import build_facts, evaluate
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.table import NONE, FactRow, ParameterValue, State
from pult.regulation.labels import clause_title
from pult.regulation.reading import local_day

# Ids far from any real row, yet of 31 bits as the engine wants them.
FIRST_ID = 1 << 30


@dataclass(frozen=True)
class Opening:
    """How many rows of a clause the import would open, and how many of them overdue at once."""

    clause: str
    title: str
    rows: int
    overdue: int


def rows_to_open(plans: Iterable[ClientPlan], batch: ImportBatch) -> tuple[Opening, ...]:
    """What the regulation as signed would ask about the new clients on the morning of go-live: the
    import's own, or the agency's when that is later.

    `batch` is not saved: it lends its dates. Known clients that are added to keep their rows and
    are not counted. What the file says is known from today on.
    """
    regulation = registry.current()
    if not regulation.cards:
        return ()
    ids = count(FIRST_ID)
    told, live_from = clock.to_minute(clock.now()), _live_from(batch.go_live)
    now = max(told, live_from)
    facts: list[FactRow] = []
    live: list[ParameterValue] = []
    for made in plans:
        if made.action == "create":
            root = next(ids)
            facts += _facts_of(made, root, batch, told, ids, len(facts))
            live.append(ParameterValue(0, "go.live", live_from, 0, 0, ("client", root)))
    parameters = Parameters.of((*regulation.values, *live))
    ledger = evaluate(regulation.cards, build_facts(facts), parameters, regulation.calendars, now)
    found: Counter[tuple[int, int]] = Counter(
        zip(ledger.rows["card"].tolist(), ledger.rows["state"].tolist(), strict=True)
    )
    return _by_clause(found, [card.clause for card in regulation.cards])


def asked_on(go_live: date) -> date:
    """The day `rows_to_open` looks at."""
    return calendars.local_day(max(clock.to_minute(clock.now()), _live_from(go_live)))


def _live_from(go_live: date) -> int:
    return max(midnight(go_live), modes.go_live_of_agency() or 0)


def _facts_of(
    plan: ClientPlan,
    root: int,
    batch: ImportBatch,
    now: int,
    ids: Iterator[int],
    before: int,
) -> list[FactRow]:
    client = Client(pk=root, name=plan.name, status=plan.card.get("status", Client.Status.CLIENT))
    row = ImportRow(pk=0, batch=batch, plan=asdict(plan))
    made = build(row, client, batch, clock.from_minute(now), set())
    _number(made, ids)
    return [
        _fact(draft, before + number, now)
        for number, draft in enumerate(drafts_of(row, made, batch, "head"), 1)
    ]


def _number(made: Made, ids: Iterator[int]) -> None:
    """Ids for rows that are never saved, so that facts can name them."""
    for rows in made.rows.values():
        for thing in rows:
            thing.pk = next(ids)
            _point(thing)


def _point(thing: Model) -> None:
    """Take up the ids that the rows it refers to were given meanwhile."""
    for field in thing._meta.concrete_fields:
        if field.is_relation and field.is_cached(thing):
            other = field.get_cached_value(thing)
            setattr(thing, field.attname, other.pk if other else None)


def _fact(draft: Draft, number: int, now: int) -> FactRow:
    return FactRow(
        id=number,
        kind=draft.kind,
        root=draft.root_id,
        at=clock.to_minute(draft.at) if draft.at else now,
        recorded=now,
        refs=draft.refs,
        key=draft.key,
        day=local_day(draft.day) if draft.day else NONE,
        state=draft.state,
        value=draft.value or 0,
        role=draft.role,
    )


def _by_clause(found: Counter[tuple[int, int]], clauses: list[str]) -> tuple[Opening, ...]:
    openings: dict[str, list[int]] = {}
    for (card, state), number in found.items():
        if state in (State.FORECAST, State.OPEN, State.OVERDUE, State.VIOLATED):
            rows = openings.setdefault(clauses[card], [0, 0])
            rows[0] += number
            rows[1] += number if state in (State.OVERDUE, State.VIOLATED) else 0
    order = {clause: place for place, clause in reversed(list(enumerate(clauses)))}
    return tuple(
        Opening(clause, clause_title(clause), rows, overdue)
        for clause, (rows, overdue) in sorted(openings.items(), key=lambda pair: order[pair[0]])
    )


def unsaved_batch(go_live: date, balance_day: date, by_id: int) -> ImportBatch:
    """Dates of an import that has not begun."""
    return ImportBatch(pk=0, go_live=go_live, balance_day=balance_day, by_id=by_id)
