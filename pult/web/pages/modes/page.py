"""The matrix clause × team, one clause to switch, and the dates before which nothing is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, NotVisible, PultError
from pult.people.models import Team
from pult.people.queries import all_teams
from pult.people.queries import team as team_called
from pult.regulation import registry
from pult.regulation.evaluate.table import Mode
from pult.regulation.models import GoLive
from pult.regulation.providers import providers
from pult.regulation.queries import ModeCell, clause_owed, go_lives, modes_matrix, reader
from pult.regulation.queries.first_day import Asked, first_day_asks
from pult.web.fields import day_of
from pult.web.pages.regulation.clause import Debt, chapter_of, debt_of
from pult.web.pages.regulation.looks import MODES, ModeLook

SHOWN = 20
Form = Mapping[str, str]


@dataclass(frozen=True)
class Cell:
    """A clause for a team: its look, and what was signed for a day to come."""

    team: str
    cell: ModeCell
    look: ModeLook
    ahead: tuple[tuple[date, ModeLook], ...]


@dataclass(frozen=True)
class Line:
    clause: str
    title: str
    cells: tuple[Cell, ...]
    live: int
    overdue: int
    is_planned: bool


@dataclass(frozen=True)
class ModesPage:
    teams: tuple[str, ...]
    lines: tuple[Line, ...]
    legend: tuple[ModeLook, ...]


@dataclass(frozen=True)
class ModePage:
    """One clause to switch; `would_show` are rows it has now, whoever sees them."""

    clause: str
    title: str
    chapter: str
    cells: tuple[Cell, ...]
    modes: tuple[tuple[str, ModeLook], ...]
    teams: tuple[tuple[str, str], ...]
    would_show: tuple[Debt, ...]
    live: int
    overdue: int
    sent: Form
    earliest: date
    since: str
    problem: PultError | None


@dataclass(frozen=True)
class FirstDay:
    scope: str
    row: GoLive
    is_newest: bool


@dataclass(frozen=True)
class FirstDaysPage:
    days: tuple[FirstDay, ...]
    scopes: tuple[tuple[str, str], ...]
    sent: Form
    asks: tuple[Asked, ...] | None
    problem: PultError | None


def modes_page() -> ModesPage:
    """Every running clause against the agency and its teams; four queries."""
    teams = all_teams()
    matrix = modes_matrix([team.pk for team in teams])
    lines = {line.clause: line for line in reader(shadow=True, cells=matrix)}
    return ModesPage(
        teams=tuple(team.name for team in teams),
        lines=tuple(
            Line(
                clause=clause,
                title=lines[clause].title,
                cells=_cells(cells, teams),
                live=lines[clause].live,
                overdue=lines[clause].overdue,
                is_planned=lines[clause].is_planned,
            )
            for clause, cells in groupby(matrix, key=lambda cell: cell.clause)
        ),
        legend=tuple(MODES.values()),
    )


def mode_page(clause: str, sent: Form, problem: PultError | None = None) -> ModePage:
    """One running clause; NotVisible for any other."""
    if clause not in registry.current().clauses:
        raise NotVisible("")
    teams = all_teams()
    cells = [c for c in modes_matrix([team.pk for team in teams]) if c.clause == clause]
    rows = clause_owed(clause, shadow=True)
    today = clock.today(settings.TIME_ZONE)
    return ModePage(
        clause=clause,
        title=cells[0].title,
        chapter=chapter_of(clause),
        cells=_cells(cells, teams),
        modes=tuple((str(int(mode)), look) for mode, look in MODES.items()),
        teams=(("0", _("the whole agency")), *((str(team.pk), team.name) for team in teams)),
        would_show=tuple(debt_of(row) for row in rows[:SHOWN]),
        live=len(rows),
        overdue=sum(row.is_breach for row in rows),
        sent=sent,
        earliest=today,
        since=sent.get("since", (today + timedelta(days=1)).isoformat()),
        problem=problem,
    )


def first_days_page(
    sent: Form, problem: PultError | None = None, asks: tuple[Asked, ...] | None = None
) -> FirstDaysPage:
    """Every first day said so far; the newest of a scope is in force. `asks` is what the day of
    the form would change, None while nobody looked."""
    teams = {team.pk: team.name for team in all_teams()}
    rows = go_lives()
    clients = {("client", row.scope_id) for row in rows if row.scope_type == "client"}
    names = providers().names(clients) if clients else {}
    seen: set[tuple[str, int]] = set()
    days = []
    for row in rows:
        scope = (row.scope_type, row.scope_id)
        label = {
            "agency": _("the agency"),
            "team": teams.get(row.scope_id, ""),
            "client": names.get(("client", row.scope_id), ""),
        }[row.scope_type]
        days.append(FirstDay(label, row, scope not in seen))
        seen.add(scope)
    scopes = (("agency:0", _("the whole agency")),)
    return FirstDaysPage(
        days=tuple(days),
        scopes=(*scopes, *((f"team:{pk}", name) for pk, name in teams.items())),
        sent=sent,
        asks=asks,
        problem=problem,
    )


def looked_at(sent: Form) -> FirstDaysPage:
    """The page with what the day of the form would change, before anybody sets it."""
    if "on" not in sent:
        return first_days_page(sent)
    try:
        asks = first_day_asks(on=day_of(sent, "on"), scope=scope_of(sent))
    except BadInput as problem:
        return first_days_page(sent, problem)
    return first_days_page(sent, asks=asks)


def mode_of(form: Form) -> Mode:
    """The mode chosen; BadInput for anything that is none."""
    text = form.get("mode", "")
    if text not in {str(int(mode)) for mode in Mode}:
        raise BadInput(_("Choose how loud the clause is"), field="mode")
    return Mode(int(text))


def team_of(form: Form) -> int:
    """The team chosen, 0 for the agency; BadInput for one that is not there."""
    text = form.get("team", "0")
    if text == "0":
        return 0
    if team := team_called(text):
        return team.pk
    raise BadInput(_("There is no such team"), field="team")


def scope_of(form: Form) -> tuple[str, int]:
    """`agency:0` or `team:3`; BadInput for anything else."""
    kind, _colon, number = form.get("scope", "").partition(":")
    if (kind, number) == ("agency", "0"):
        return kind, 0
    if kind == "team" and (team := team_called(number)):
        return kind, team.pk
    raise BadInput(_("Choose the agency or a team"), field="scope")


def _cells(cells: Iterable[ModeCell], teams: Iterable[Team]) -> tuple[Cell, ...]:
    names = {0: _("the agency"), **{team.pk: team.name for team in teams}}
    return tuple(
        Cell(
            team=names[cell.team],
            cell=cell,
            look=MODES[cell.mode],
            ahead=tuple((day, MODES[mode]) for day, mode in cell.planned),
        )
        for cell in cells
    )
