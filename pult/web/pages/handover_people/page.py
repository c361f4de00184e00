"""What the page of one person's work shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pult.clients.models import HandoverBatch, OutsideAccess
from pult.clients.queries.handover.people import Moved, PersonsWork, persons_work
from pult.clients.queries.matching import demands_of
from pult.kernel.errors import PultError
from pult.web.pages.client_manager.page import asks_in_words
from pult.web.pages.handover_people.acts import TO, person_of


@dataclass(frozen=True)
class Choice:
    """A client and who is chosen for it; empty: it stays. `asks` is what it demands highly."""

    client: Moved
    name: str
    value: str
    asks: str


@dataclass(frozen=True)
class PeoplePage:
    """`managers` are (id, «Name, 5 clients») to choose from."""

    work: PersonsWork
    choices: tuple[Choice, ...]
    managers: tuple[tuple[Any, str], ...]
    reasons: tuple[tuple[str, Any], ...]
    levels: tuple[tuple[str, Any], ...]
    unplaced: int
    typed: Mapping[str, str]
    problem: PultError | None


def people_page(
    person_id: int,
    *,
    problem: PultError | None = None,
    typed: Mapping[str, str] | None = None,
) -> PeoplePage:
    """One person's clients with a proposal by load, or with what was chosen."""
    work = persons_work(person_of(person_id))
    typed = typed or {}
    demands = demands_of([one.id for one in work.clients])
    chosen = any(name.startswith(TO) for name in typed)
    return PeoplePage(
        work=work,
        choices=tuple(
            Choice(
                one,
                f"{TO}{one.id}",
                typed.get(f"{TO}{one.id}", "") if chosen else str(one.to or ""),
                asks_in_words(demands[one.id]) if one.id in demands else "",
            )
            for one in work.clients
            if not one.is_busy
        ),
        managers=(("", _("stays")), *((one.user_id, _held(one)) for one in work.managers)),
        reasons=tuple(HandoverBatch.Reason.choices),
        levels=tuple(OutsideAccess.Level.choices),
        unplaced=sum(one.to is None and not one.is_busy for one in work.clients),
        typed=typed,
        problem=problem,
    )


def _held(load: Any) -> str:
    return _("%(name)s: %(clients)d now") % {"name": load.name, "clients": load.clients}
