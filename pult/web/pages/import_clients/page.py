"""What the pages of the move-in show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pult.clients.actions.movein import Preview, RowError, row_errors
from pult.clients.logic.movein import WANTED, ClientPlan
from pult.clients.queries import BatchItem, BatchRow, import_batch, import_batches
from pult.integrations.intake import NeedsColumns, RepeatedColumns, open_clients, plan_clients
from pult.integrations.intake.clients import OWNERS
from pult.integrations.table import read_table, repeated_titles
from pult.kernel.errors import BadInput, PultError
from pult.web.columns import ColumnChoice, chosen_columns, column_choices
from pult.web.drops import Drop
from pult.web.pages.import_clients.planning import ANSWER, days_of, decisions_of
from pult.web.pages.import_clients.words import FIELDS

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 100
MOST_ERRORS = 200
WHY = {
    "inn": _("the same ИНН"),
    "name": _("the same name"),
    "similar": _("a similar name"),
    "phone": _("the same phone"),
    "email": _("the same e-mail"),
}
ACTIONS = {
    "create": (_("will be made"), "ok"),
    "update": (_("will be added to"), "accent"),
    "same": (_("nothing new"), "plain"),
    "ask": (_("decide first"), "soon"),
    "skip": (_("left out"), "quiet"),
}


@dataclass(frozen=True)
class Question:
    """A client of the file that may be one Pult knows; `options` are the answers."""

    key: str
    name: str
    field: str
    lines: str
    like: str
    options: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True)
class PlanRow:
    name: str
    lines: str
    action: str
    tone: str
    holds: str


@dataclass(frozen=True)
class PreviewPage:
    """The dry run of a table of clients; `preview` is None until the columns are known."""

    name: str
    post_url: str
    columns_url: str
    plan_url: str
    go_live: date
    balance_day: date
    problem: PultError | None = None
    preview: Preview | None = None
    rows: tuple[PlanRow, ...] = ()
    questions: tuple[Question, ...] = ()
    errors: tuple[RowError, ...] = ()
    columns: tuple[ColumnChoice, ...] | None = None
    must_choose: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Clients that would be made or added to."""
        return self.preview.counts["create"] + self.preview.counts["update"] if self.preview else 0

    @property
    def overdue(self) -> int:
        return sum(row.overdue for row in self.preview.opens) if self.preview else 0

    @property
    def error_rows(self) -> int:
        """Rows that stay out; of a file nobody explained yet those shown."""
        if self.preview:
            return self.preview.counts["errors"]
        return len({error.line for error in self.errors})


@dataclass(frozen=True)
class BatchesPage:
    rows: tuple[BatchItem, ...]


@dataclass(frozen=True)
class BatchPage:
    batch: BatchItem
    rows: tuple[BatchRow, ...]


def batches_page(user: "User") -> BatchesPage:
    return BatchesPage(import_batches(user))


def batch_page(user: "User", batch_id: int) -> BatchPage:
    return BatchPage(*import_batch(user, batch_id))


def preview_page(user: "User", drop: Drop, problem: PultError | None = None) -> PreviewPage:
    """Plan the dropped table with what was said of it so far."""
    go_live, balance_day = days_of(drop)
    base = {
        "name": drop.name,
        "post_url": reverse("import_clients_file", args=[drop.sha256]),
        "columns_url": reverse("import_clients_columns", args=[drop.sha256]),
        "plan_url": reverse("import_clients_plan", args=[drop.sha256]),
        "go_live": go_live,
        "balance_day": balance_day,
    }
    decisions = decisions_of(drop)
    try:
        file = open_clients(drop.data, drop.name, mapping=drop.options.get("columns"))
        preview = plan_clients(file, by=user, decisions=decisions, go_live=go_live)
    except NeedsColumns as asks:
        problem = problem or (asks if isinstance(asks, RepeatedColumns) else None)
        choices = column_choices(FIELDS, asks.table, asks.proposed)
        errors = _errors_so_far(user, asks)
        return PreviewPage(
            **base, problem=problem, columns=choices, must_choose=True, errors=errors
        )
    except BadInput as refused:
        return PreviewPage(**base, problem=problem or refused)
    open_plans = [plan for plan in preview.plans if plan.matches and _asks(plan, decisions)]
    return PreviewPage(
        **base,
        problem=problem,
        preview=preview,
        rows=tuple(_row(plan) for plan in preview.plans[:SHOWN]),
        questions=tuple(
            _question(number, plan, decisions) for number, plan in enumerate(open_plans[:SHOWN])
        ),
        errors=preview.errors[:MOST_ERRORS],
        columns=column_choices(FIELDS, file.table, file.mapping),
        warnings=tuple(str(warning) for warning in file.table.warnings),
    )


def _errors_so_far(user: "User", asks: NeedsColumns) -> tuple[RowError, ...]:
    """What can be told before the columns are settled: those that two may be are left aside."""
    table = asks.table
    sure = {
        field: place
        for field, place in asks.proposed.items()
        if not repeated_titles(table.columns, {field: place})
    }
    found = row_errors(by=user, columns=table.columns, rows=table.rows(), mapping=sure)
    return found[:MOST_ERRORS]


def given_columns(drop: Drop, given: Mapping[str, Any]) -> dict[str, int]:
    """The columns of the form; raises NeedsColumns when none of them names the client."""
    table = read_table(drop.data, drop.name, wanted=WANTED)
    mapping = chosen_columns(FIELDS, table, given)
    if not any(field in mapping for field in OWNERS):
        raise NeedsColumns([str(FIELDS["client"])], table, mapping)
    return mapping


def _asks(plan: ClientPlan, decisions: Mapping[str, Any]) -> bool:
    return plan.action == "ask" or plan.key in decisions


def _question(number: int, plan: ClientPlan, decisions: Mapping[str, Any]) -> Question:
    options = [("", str(_("decide later: leave out")))]
    options += [
        (str(match.client_id), str(_("it is %(name)s")) % {"name": match.name})
        for match in plan.matches
    ]
    options += [("create", str(_("another client: make it"))), ("skip", str(_("leave out")))]
    return Question(
        key=plan.key,
        name=plan.name,
        field=f"{ANSWER}{number}",
        lines=_lines(plan),
        like="; ".join(f"{m.name} ({WHY.get(m.why, m.why)})" for m in plan.matches),
        options=tuple(options),
        value=str(decisions.get(plan.key, "")),
    )


def _row(plan: ClientPlan) -> PlanRow:
    label, tone = ACTIONS[plan.action]
    names = {"lines": "line", "contacts": "contact", "entities": "entity"}
    held = [
        f"{FIELDS[field]}: {len(rows)}"
        for table, field in names.items()
        if (rows := plan.add.get(table))
    ]
    return PlanRow(plan.name, _lines(plan), str(label), tone, ", ".join(held))


def _lines(plan: ClientPlan) -> str:
    return ", ".join(map(str, plan.lines[:10]))
