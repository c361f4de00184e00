"""The load of account managers: clients by weight against the limit of each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pult.clients.actions import set_weight
from pult.clients.actions.room import whole
from pult.clients.models import Client, OverLimit
from pult.clients.queries.load import (
    Load,
    WeighedClient,
    load_of,
    loads,
    over_limits,
    weighed_clients,
)
from pult.kernel.access import refuse_unless
from pult.kernel.errors import BadInput, NotVisible, PultError
from pult.kernel.facts import acting
from pult.kernel.roles import Role
from pult.people.actions.limits import SETTERS
from pult.people.models import ClientLimit, User
from pult.people.queries import business_day, client_limits, colleague, limits_ahead, roles_of
from pult.web.fields import Form, not_offered, whole_of

WEIGHT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?")
Options = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class LoadRow:
    """A manager's load as told: weights in whole clients; `limit` "" when nobody has set one."""

    load: Load
    held: str
    limit: str
    share: float
    tone: str
    is_own: bool


@dataclass(frozen=True)
class LoadPage:
    """Everybody's load. `everybody` is the limit of whoever has none of their own."""

    rows: tuple[LoadRow, ...]
    everybody: int | None
    ahead: tuple[ClientLimit, ...]
    beyond: tuple[OverLimit, ...]
    people: Options
    may_set: bool
    today: date
    sent: Mapping[str, str] = field(default_factory=dict)
    problem: PultError | None = None


@dataclass(frozen=True)
class Weighed:
    """A client in the form of weights."""

    client: WeighedClient
    weight: str
    status: str


@dataclass(frozen=True)
class PersonLoadPage:
    row: LoadRow
    clients: tuple[Weighed, ...]
    may_set: bool
    problem: PultError | None


def load_page(
    reader: User, *, sent: Mapping[str, str] | None = None, problem: PultError | None = None
) -> LoadPage:
    """Six queries."""
    found, limits = loads(), client_limits()
    leads = not reader.roles.isdisjoint(SETTERS)
    people: Options = (("", _("everybody without a limit of their own")),)
    return LoadPage(
        rows=tuple(_row(one, one.user_id in limits.own) for one in found),
        everybody=limits.everybody,
        ahead=tuple(limits_ahead()),
        beyond=tuple(over_limits()) if leads else (),
        people=(*people, *((str(one.user_id), one.name) for one in found)),
        may_set=leads,
        today=business_day(),
        sent=sent or {},
        problem=problem,
    )


def person_load_page(
    reader: User, person_id: int, problem: PultError | None = None
) -> PersonLoadPage:
    """One manager's clients by name; NotVisible for whoever manages none, and, to a manager, for a
    colleague."""
    user = _manager(reader, person_id)
    labels = dict(Client.Status.choices)
    return PersonLoadPage(
        row=_row(load_of(user), False),
        clients=tuple(
            Weighed(one, whole(one.hundredths), str(labels[one.status]))
            for one in weighed_clients(user)
        ),
        may_set=not reader.roles.isdisjoint(SETTERS),
        problem=problem,
    )


def weigh(by: User, person_id: int, form: Form) -> None:
    """Take the weights of the form: all of them or none."""
    user = _manager(by, person_id)
    refuse_unless(by, *SETTERS)
    said = {
        one.id: hundredths_of(form, f"weight-{one.id}")
        for one in weighed_clients(user)
        if f"weight-{one.id}" in form
    }
    with acting(*said):
        for client_id, hundredths in said.items():
            set_weight(by=by, client_id=client_id, hundredths=hundredths)


def hundredths_of(form: Form, name: str) -> int:
    """A weight typed as 1, 0,5 or 1.25; BadInput for anything else."""
    typed = WEIGHT.fullmatch(str(form.get(name, "")).strip())
    if typed is None:
        raise BadInput(
            _("A weight is a number with two digits after the comma at most"),
            field="weight",
            cure=_("1 is an ordinary client, 0,5 is half the work, 2 is twice"),
        )
    return int(typed[1]) * 100 + int((typed[2] or "").ljust(2, "0"))


def limit_of(form: Form) -> int | None:
    """The limit typed; None when the person is given back to everybody's."""
    return None if form.get("follow") == "1" else whole_of(form, "clients")


def manager_of(form: Form) -> User | None:
    """The manager chosen; None for everybody."""
    chosen = str(form.get("user", ""))
    user = colleague(chosen)
    if chosen and user is None:
        raise not_offered("user")
    return user


def _manager(reader: User, person_id: int) -> User:
    user = colleague(person_id)
    if user is None or Role.AM not in roles_of(user):
        raise NotVisible(_("There is no such person"))
    if reader.roles.isdisjoint(SETTERS) and user.pk != reader.pk:
        raise NotVisible(_("There is no such person"))
    return user


def _row(load: Load, is_own: bool) -> LoadRow:
    percent = load.percent or 0
    tone = "breach" if load.is_over else "soon" if percent >= 90 else "accent"
    return LoadRow(
        load=load,
        held=whole(load.held),
        limit="" if load.limit is None else whole(load.limit),
        share=min(percent, 100) / 100,
        tone=tone,
        is_own=is_own,
    )
