"""What the page of one person's work shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pult.clients.actions.room import whole
from pult.clients.models import HandoverBatch, OutsideAccess
from pult.clients.queries.handover.people import Moved, PersonsWork, persons_work
from pult.clients.queries.load import Load
from pult.clients.queries.matching import Demands, demands_of
from pult.kernel.errors import PultError
from pult.kernel.words import id_of
from pult.people.models import Department
from pult.ui.formats import short_day
from pult.web.pages.client_manager.page import asks_in_words
from pult.web.pages.handover_people.acts import BY_LOAD, NOW, TO, person_of
from pult.work.departing import OwnTask, left_with


@dataclass(frozen=True)
class Choice:
    """A client and who is chosen for it; empty: it stays. `is_going`: it is being handed over in
    good time, and moves by this choice when nothing may wait. `asks`: what it demands highly."""

    client: Moved
    name: str
    value: str
    is_going: bool
    asks: str


@dataclass(frozen=True)
class TaskLeft:
    """A task and where it goes when the person leaves."""

    task: OwnTask
    where: str


@dataclass(frozen=True)
class PeoplePage:
    """`managers` are (id, «Name: 5 of 8, absent until 27.11») to choose from, for one client and
    for `everybody` at once. `tasks` are those of the person at clients others conduct, `more` how
    many of them are not shown."""

    work: PersonsWork
    choices: tuple[Choice, ...]
    managers: tuple[tuple[Any, str], ...]
    everybody: tuple[tuple[Any, str], ...]
    reasons: tuple[tuple[str, Any], ...]
    levels: tuple[tuple[str, Any], ...]
    unplaced: int
    tasks: tuple[TaskLeft, ...]
    more: int
    typed: Mapping[str, str]
    problem: PultError | None


def people_page(
    person_id: int,
    *,
    problem: PultError | None = None,
    typed: Mapping[str, str] | None = None,
) -> PeoplePage:
    """One person's clients with a proposal by load, or with what was chosen."""
    person = person_of(person_id)
    work = persons_work(person)
    typed = typed or {}
    tasks, count = left_with(person_id)
    demands = demands_of([one.id for one in work.clients])
    managers = tuple((one.user_id, _held(one, work)) for one in work.managers)
    return PeoplePage(
        work=work,
        choices=tuple(
            _choice(one, typed, demands.get(one.id)) for one in work.clients if not one.is_sold
        ),
        managers=(("", _("stays")), *managers),
        everybody=(
            ("", _("as chosen below")),
            (BY_LOAD, _("shared out by load, beyond the limit too")),
            *managers,
        ),
        reasons=tuple(HandoverBatch.Reason.choices),
        levels=tuple(OutsideAccess.Level.choices),
        unplaced=sum(one.to is None and not one.is_busy for one in work.clients),
        tasks=tuple(_left(one) for one in tasks),
        more=count - len(tasks),
        typed=typed,
        problem=problem,
    )


def _left(one: OwnTask) -> TaskLeft:
    where = one.to or _("queue: %(department)s") % {
        "department": str(Department.Code(one.department).label)
    }
    return TaskLeft(one, where)


def chosen_in(given: Mapping[str, str]) -> dict[str, str]:
    """What an address chooses beforehand: `clients`, ids with dashes between, for `to`."""
    to, clients = id_of(given.get("to", "")), given.get("clients", "").split("-")
    return {f"{TO}{id_of(one)}": str(to) for one in clients if to and id_of(one)}


def _choice(one: Moved, typed: Mapping[str, str], demands: Demands | None) -> Choice:
    name = f"{NOW if one.is_busy else TO}{one.id}"
    chosen = any(key.startswith((TO, NOW)) for key in typed)
    value = typed.get(name, "") if chosen else str(one.to or "")
    asks = asks_in_words(demands) if demands else ""
    return Choice(one, name, value, one.is_busy, asks)


def _held(load: Load, work: PersonsWork) -> str:
    """How much somebody holds by weight, of how much, and until when they are away."""
    told = {"name": load.name, "held": whole(load.held), "limit": whole(load.limit or 0)}
    held = (
        _("%(name)s: %(held)s now by weight")
        if load.limit is None
        else _("%(name)s: %(held)s now by weight, the limit is %(limit)s")
    ) % told
    if load.user_id not in work.away:
        return held
    until = work.away[load.user_id]
    if until is None:
        return _("%(held)s; absent, the end is not known") % {"held": held}
    return _("%(held)s; absent until %(day)s") % {"held": held, "day": short_day(until)}
