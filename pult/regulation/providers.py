"""What the regulation must know of people and clients, given from above by `pult.wiring`.

Every provider has a harmless default, so that the regulation stands alone in its tests.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

Roots = Collection[int] | None
Subject = tuple[str, int]


@dataclass(frozen=True)
class Notice:
    """One interruption: to whom, as whom, about which row; `text` keys are for the template."""

    recipient_id: int
    role: str
    obligation_id: int
    root_id: int
    clause: str
    rung: int
    due: int


@dataclass(frozen=True)
class Providers:
    """teams(roots or None) → {root: team}; holders(role, minute, roots or None) → {root: user};
    stand_ins(users, minute) → {absent user: who is at work in their place}; names(subjects) →
    {(type, id): label}; is_there(subject) → whether it exists, a team too.

    notify(notices) is told of interruptions inside the transaction that keeps them and may only
    write rows. By default there is nothing to do: the page of escalations reads what was kept, and
    what leaves the house (mail) goes by the fact `escalation.sent` through the outbox."""

    teams: Callable[[Roots], Mapping[int, int]] = lambda roots: {}
    holders: Callable[[str, int, Roots], Mapping[int, int]] = lambda role, at, roots: {}
    stand_ins: Callable[[Collection[int], int], Mapping[int, int]] = lambda users, at: {}
    names: Callable[[Collection[Subject]], Mapping[Subject, str]] = lambda subjects: {}
    is_there: Callable[[Subject], bool] = lambda subject: True
    notify: Callable[[Collection[Notice]], None] = lambda notices: None


_providers = Providers()


def provide(**functions: Any) -> None:
    """Set some of the providers; the rest keep what they had."""
    global _providers
    _providers = replace(_providers, **functions)


def providers() -> Providers:
    """The providers in force."""
    return _providers
