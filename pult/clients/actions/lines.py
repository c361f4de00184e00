"""Service lines: opening, planning, starting and ending them, their budgets and accounts."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from pult.clients.access import client_for, line_for, require
from pult.clients.actions.expectations import watch_gaps
from pult.clients.actions.limits import check_limit
from pult.clients.actions.pauses import forget_pauses_after
from pult.clients.actions.schemes import tell_schemes
from pult.clients.edits import change, check, only
from pult.clients.models import Client, Flight, LineBudget, ServiceLine, Wallet
from pult.kernel import clock
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.facts import acting, record
from pult.regulation.gates import gated, guard

if TYPE_CHECKING:
    from pult.people.models import User

ENDERS = ("am", "head", "director")
# Sales fill in tools and budgets until the client is handed over.
PLANNERS = (*ENDERS, "sales")
STARTERS = ("am", "executor", "head", "production_head", "production_director", "director")
FEEDERS = ("am", "executor", "head", "accountant", "director")
EDITABLE = frozenset(
    [
        "name",
        "tool",
        "platform",
        "brand",
        "site",
        "contract",
        "payer",
        "period_from",
        "period_to",
        "always_on",
        "money_flow",
    ]
)


def add_line(
    *,
    by: "User",
    client_id: int,
    name: str,
    tool: str,
    monthly_budget: int = 0,
    planned_start: date | None = None,
    **fields: Any,
) -> ServiceLine:
    """Open a line; `monthly_budget` in kopecks, `fields` are columns of `EDITABLE`."""
    role = require(by, *PLANNERS, act=_("open service lines"))
    client = client_for(by, client_id)
    _check_own(client, only(fields, EDITABLE))
    with acting(client.pk):
        line = ServiceLine(
            client=client, name=name.strip(), tool=tool, monthly_budget=monthly_budget, **fields
        )
        check(line)
        line.save(force_insert=True)
        payload = {"tool": tool, "platform": line.platform}
        _tell("line.opened", line, by, role, payload=payload)
        _tell("line.status", line, by, role, state=line.status)
        tell_schemes(line, by=by, role=role)
        if monthly_budget:
            _budget(line, line.period_from or planned_start or _today(), monthly_budget, by, role)
        if planned_start:
            _plan(line, planned_start, by, role)
        watch_gaps(client, by, role)
    return line


def edit_line(*, by: "User", line_id: int, version: int, **changes: Any) -> ServiceLine:
    """Change a line's columns; raises Conflict when someone else was first."""
    role = require(by, *PLANNERS, act=_("edit service lines"))
    line = line_for(by, line_id)
    _check_own(line.client, only(changes, EDITABLE))
    with acting(line.client_id):
        if fields := change(line, version, changes, by):
            at = clock.now()
            _tell("line.edited", line, by, role, at=at, payload={"fields": fields})
            if "contract" in fields:
                tell_schemes(line, by=by, role=role, joined=at)
            if "period_to" in fields:
                watch_gaps(line.client, by, role)
    return line


def set_budget(*, by: "User", line_id: int, monthly: int, since: date) -> LineBudget:
    """The monthly budget from `since` on, in kopecks; the same day again replaces it."""
    role = require(by, *PLANNERS, act=_("set budgets"))
    line = line_for(by, line_id)
    if monthly < 0:
        raise BadInput(_("A budget is not below zero"), field="monthly")
    with acting(line.client_id):
        budget = _budget(line, since, monthly, by, role)
        watch_gaps(line.client, by, role)
    return budget


def plan_start(*, by: "User", line_id: int, day: date) -> ServiceLine:
    """Plan, or move, the first day of a line that has not started."""
    role = require(by, *PLANNERS, act=_("plan starts"))
    line = line_for(by, line_id)
    with acting(line.client_id):
        line.refresh_from_db(fields=["status", "always_on"])
        if line.status != ServiceLine.Status.PLANNED:
            cure = "" if line.always_on else _("Plan a flight instead")
            raise Refusal(_("The line has already started"), cure=cure, subject=line)
        _plan(line, day, by, role)
    return line


def add_flight(*, by: "User", line_id: int, starts_on: date, ends_on: date, budget: int) -> Flight:
    """Plan a run of a line that is not always on; runs do not share a day.

    Raises Refusal for a line that goes on without a break, and for one that has ended.
    """
    role = require(by, *PLANNERS, act=_("plan flights"))
    line = line_for(by, line_id)
    with acting(line.client_id):
        _check_in_flights(line)
        if line.flights.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
            raise BadInput(_("Another flight runs on these days"), field="starts_on")
        flight = Flight(line=line, starts_on=starts_on, ends_on=ends_on, budget=budget)
        check(flight)
        flight.save(force_insert=True)
        _tell("line.planned_start", line, by, role, key=str(flight.pk), day=starts_on)
    return flight


def start_line(
    *, by: "User", line_id: int, flight_id: int | None = None, at: datetime | None = None
) -> ServiceLine:
    """Start a line, or one flight of it. Guarded by the gates of `line.start` (6.1: money first).

    Raises Refusal naming the clause, what is missing and who may waive it, NotVisible for a
    flight of another line or one called off.
    """
    role = require(by, *STARTERS, act=_("start service lines"))
    line = line_for(by, line_id)
    at = at or clock.now()
    refs = {"client": line.client_id, "line": line.pk}
    with gated(), acting(line.client_id):
        flight = _startable(line, flight_id)
        guard("line.start", root_id=line.client_id, refs=refs, by=by, role=role, at=at)
        check_limit(line)
        if flight:
            Flight.objects.filter(pk=flight.pk).update(started_at=at)
        if line.status != ServiceLine.Status.RUNNING:
            _move(line, ServiceLine.Status.RUNNING, by, started_at=line.started_at or at)
            _tell("line.status", line, by, role, at=at, state=line.status)
        key = str(flight.pk) if flight else "start"
        _tell("line.started", line, by, role, at=at, key=key)
    return line


def end_line(
    *, by: "User", line_id: int, reason_code: str, at: datetime | None = None
) -> ServiceLine:
    """End a line; its pauses still ahead are forgotten."""
    role = require(by, *ENDERS, act=_("end service lines"))
    line = line_for(by, line_id)
    if line.status == ServiceLine.Status.ENDED:
        return line
    at = at or clock.now()
    with acting(line.client_id):
        forget_pauses_after(line, at, by)
        _move(line, ServiceLine.Status.ENDED, by, ended_at=at)
        payload = {"reason_code": reason_code}
        _tell("line.status", line, by, role, at=at, state=line.status, payload=payload)
        watch_gaps(line.client, by, role)
    return line


def set_wallet(*, by: "User", line_id: int, version: int, login: str) -> ServiceLine:
    """Put a line into the platform account `login`, shared by all its lines; '' takes it out."""
    role = require(by, *FEEDERS, act=_("link advertising accounts"))
    line = line_for(by, line_id)
    login = login.strip()
    with acting(line.client_id):
        wallet = None
        if login:
            wallet, _made = Wallet.objects.get_or_create(
                platform=line.platform, login=login, defaults={"client": line.client}
            )
            if wallet.client_id != line.client_id:
                raise BadInput(_("This account is another client's"), field="login")
        if fields := change(line, version, {"wallet": wallet}, by):
            _tell("line.edited", line, by, role, payload={"fields": fields})
    return line


def _budget(line: ServiceLine, since: date, monthly: int, by: "User", role: str) -> LineBudget:
    values = {"monthly": monthly, "set_by": by, "set_at": clock.now()}
    budget, _made = LineBudget.objects.update_or_create(line=line, since=since, defaults=values)
    newest = line.budgets.order_by("since").filter(since__lte=_today()).last() or budget
    ServiceLine.objects.filter(pk=line.pk).update(monthly_budget=newest.monthly)
    _tell("line.budget", line, by, role, day=since, value=monthly)
    return budget


def _plan(line: ServiceLine, day: date, by: "User", role: str) -> None:
    ServiceLine.objects.filter(pk=line.pk).update(planned_start=day, version=F("version") + 1)
    line.refresh_from_db(fields=["planned_start", "version"])
    _tell("line.planned_start", line, by, role, key="start", day=day)


def _move(line: ServiceLine, status: str, by: "User", **moments: datetime) -> None:
    """Change the state unless somebody did meanwhile: `change` compares the version."""
    change(line, line.version, {"status": status, **moments}, by)


def _check_in_flights(line: ServiceLine) -> None:
    line.refresh_from_db(fields=["status", "always_on"])
    if line.status == ServiceLine.Status.ENDED:
        raise Refusal(_("The line has ended"), cure=_("Open a new line"), subject=line)
    if line.always_on:
        raise Refusal(
            _("This line goes on without a break: it has no flights"),
            cure=_("Untick «Goes on without a break» in the line first"),
            subject=line,
        )


def _startable(line: ServiceLine, flight_id: int | None) -> Flight | None:
    """The flight to start, as things stand under the lock: somebody may have started or ended
    the line, or called the flight off, meanwhile."""
    line.refresh_from_db(fields=["status", "started_at", "version"])
    flight = line.flights.filter(pk=flight_id).first()
    if flight_id and flight is None:
        raise NotVisible(_("There is no such flight"))
    if line.status == ServiceLine.Status.ENDED:
        raise Refusal(_("The line has ended"), cure=_("Open a new line"), subject=line)
    if flight is None and line.status == ServiceLine.Status.RUNNING:
        raise Refusal(_("The line is already running"), subject=line)
    if flight and flight.started_at:
        raise Refusal(_("The flight has already started"), subject=line)
    return flight


def _check_own(client: Client, fields: dict[str, Any]) -> None:
    for name in ("brand", "site", "contract", "payer"):
        row = fields.get(name)
        if row is not None and row.client_id != client.pk:
            raise BadInput(_("This belongs to another client"), field=name)


def _tell(kind: str, line: ServiceLine, by: "User", role: str, **fact: Any) -> None:
    refs = {"client": line.client_id, "line": line.pk}
    record(kind, root_id=line.client_id, refs=refs, by=by, role=role, **fact)


def _today() -> date:
    return clock.today(settings.TIME_ZONE)
