"""What the pages of contractors show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.models import OwnEntity
from pult.kernel.amounts import read_amount
from pult.kernel.days import read_day
from pult.kernel.errors import BadInput, NotVisible, PultError, Refusal
from pult.kernel.words import id_of
from pult.people.models import User
from pult.people.queries import business_day
from pult.web.fields import Form, as_typed, day_of, day_or_none, id_in
from pult.work.access import conducts, leads, task_for
from pult.work.actions import make_act, set_price
from pult.work.models import ActLine, ContractorAct
from pult.work.queries.prices import (
    COUNTERS,
    ActItem,
    ContractorItem,
    PriceItem,
    WorkLine,
    act_of,
    acts_of,
    contractors,
    price_of,
    to_count,
)

if TYPE_CHECKING:
    from django.http import QueryDict


@dataclass(frozen=True)
class ContractorsPage:
    people: tuple[ContractorItem, ...]


@dataclass(frozen=True)
class ContractorPage:
    """`replaced` is the act a new one would be made in place of; `ticked` the tasks chosen."""

    person: User
    first: date
    last: date
    today: date
    lines: tuple[WorkLine, ...]
    ticked: frozenset[int | None]
    total: int
    acts: tuple[ActItem, ...]
    entities: tuple[tuple[int, str], ...]
    replaced: ActItem | None
    typed: Mapping[str, str]
    problem: PultError | None


@dataclass(frozen=True)
class ActPage:
    """`may_replace`: the reader makes acts and this one stands."""

    act: ContractorAct
    lines: tuple[ActLine, ...]
    may_replace: bool


@dataclass(frozen=True)
class PricePage:
    """The price agreed on, or what was typed."""

    task_id: int
    title: str
    doer: str
    price: PriceItem
    amount: str
    terms: str
    may_set: bool
    problem: PultError | None


def contractors_page() -> ContractorsPage:
    """Four queries."""
    return ContractorsPage(contractors())


def contractor_page(
    person_id: int, given: "QueryDict", problem: PultError | None = None
) -> ContractorPage:
    """Work of the last month by default; of the act's own days when one is to be replaced."""
    person, today = _person(person_id), business_day()
    acts = acts_of(person)
    replaces = id_of(given.get("replaces", ""))
    replaced = next((one for one in acts if one.id == replaces and not one.replaced_by), None)
    first = _day(given, "first") or (replaced.first_day if replaced else _month_ago(today))
    last = _day(given, "last") or (replaced.last_day if replaced else today)
    but = act_of_replaced(replaced)
    lines = to_count(person, first, last, but=but)
    sent = frozenset(map(id_of, given.getlist("task")))
    ticked = sent if problem else frozenset(line.task_id for line in lines)
    return ContractorPage(
        person=person,
        first=first,
        last=last,
        today=today,
        lines=lines,
        ticked=ticked,
        total=sum(line.amount for line in lines),
        acts=acts,
        entities=tuple(OwnEntity.objects.filter(closed=False).values_list("pk", "name")),
        replaced=replaced,
        typed=given if problem else {},
        problem=problem,
    )


def act_typed(by: User, person_id: int, form: "QueryDict") -> ContractorAct:
    """Make the act of the form."""
    entity_id = id_in(form, "entity")
    if entity_id is None:
        raise BadInput(
            _("There is no legal entity of ours to make an act for"),
            field="entity",
            cure=_("Enter the agency's legal entity first"),
        )
    tasks = [found for one in form.getlist("task") if (found := id_of(one)) is not None]
    return make_act(
        by=by,
        contractor=_person(person_id),
        first=day_of(form, "first"),
        last=day_of(form, "last"),
        on=day_or_none(form, "on"),
        task_ids=tasks,
        entity_id=entity_id,
        replaces=id_in(form, "replaces"),
        reason=form.get("reason", ""),
    )


def act_page(user: User, act_id: int) -> ActPage:
    """Raises NotVisible for somebody else's act."""
    row = act_of(user, act_id)
    counts = not user.roles.isdisjoint(COUNTERS)
    return ActPage(row, tuple(row.lines.all()), counts and row.voided_by_id is None)


def price_page(
    user: User,
    task_id: int,
    *,
    typed: Mapping[str, str] | None = None,
    problem: PultError | None = None,
) -> PricePage:
    """For whoever answers for the task; Refusal to the others who see it."""
    task, typed = task_for(user, task_id), typed or {}
    may_set = conducts(user, task) or leads(user, task.department)
    if not may_set:
        raise Refusal(
            _("Who answers for the task agrees on its price"), who=str(task.author), subject=task
        )
    found = price_of(task)
    return PricePage(
        task_id=task.pk,
        title=task.title,
        doer=str(task.assignee or ""),
        price=found,
        amount=typed.get("amount", as_typed(found.amount) if found.amount else ""),
        terms=typed.get("terms", found.terms),
        may_set=may_set,
        problem=problem,
    )


def price_typed(by: User, task_id: int, form: Form) -> Any:
    """Agree on the price of the form."""
    return set_price(
        by=by,
        task_id=task_id,
        amount=read_amount(str(form.get("amount", "")), field="amount"),
        terms=str(form.get("terms", "")),
        version=id_in(form, "version") or 0,
    )


def act_of_replaced(replaced: ActItem | None) -> ContractorAct | None:
    return ContractorAct(pk=replaced.id) if replaced else None


def _person(person_id: int) -> User:
    person = User.objects.filter(pk=person_id).first() if person_id < 2**63 else None
    if person is None:
        raise NotVisible(_("There is no such person"))
    return person


def _day(given: Mapping[str, str], field: str) -> date | None:
    try:
        return read_day(given.get(field, ""), field)
    except BadInput:
        return None


def _month_ago(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
