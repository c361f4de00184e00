"""Gates: an act is refused in its own transaction until what a clause asks for is there.

    with gated(), acting(client.id):
        guard("line.start", root_id=client.id, refs={"line": line.id}, by=user, role="am")
        line.start(...)

A refusal rolls the action back; `gated` then records the attempt, alone, in a transaction of its
own. Clauses in shadow refuse nobody: what they would have said is in their audit rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.kernel import clock, rows
from pult.kernel.errors import Refusal
from pult.kernel.facts import acting, record
from pult.kernel.facts.acting import is_acting
from pult.kernel.roles import Role
from pult.regulation import registry
from pult.regulation.evaluate import Ask, Decision, Index, decide
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.index import in_force
from pult.regulation.labels import clause_title, lacking
from pult.regulation.models import Transition
from pult.regulation.reading import facts_of
from pult.regulation.registry import Regulation

if TYPE_CHECKING:
    from datetime import datetime

    from pult.people.models import User

CLIENT = "client"
LONGEST_TEXT = 64
WHO_BY_DEFAULT = ("head",)


@dataclass(frozen=True)
class Attempt:
    """An act that was refused: enough to record it."""

    action: str
    root_id: int
    refs: dict[str, int]
    by: "User | None"
    role: str
    card: Card
    missing: tuple[str, ...]

    @property
    def clause(self) -> str:
        return self.card.clause

    @property
    def subject_id(self) -> int:
        """Whom the clause was asked about."""
        return subject_of(self.card, self.root_id, self.refs)


class GateRefusal(Refusal):
    """A refusal by a clause; `attempt` says what was tried, `words` what is missing in the
    reader's language."""

    def __init__(self, attempt: Attempt, words: tuple[str, ...], who: str) -> None:
        missing = "; ".join(text.rstrip(".") for text in words)
        title = clause_title(attempt.clause)
        super().__init__(
            _("Clause %(clause)s “%(title)s” does not allow this yet")
            % {"clause": attempt.clause, "title": title},
            clause=attempt.clause,
            cure=_("Missing: %(missing)s.") % {"missing": missing},
            who=who,
        )
        self.attempt = attempt

    def as_dict(self) -> dict[str, Any]:
        return {name: value for name, value in super().as_dict().items() if name != "attempt"}


@contextmanager
def gated() -> Iterator[None]:
    """Outside the action: when a gate refused it, record the attempt after it was rolled back."""
    try:
        yield
    except GateRefusal as refusal:
        if not is_acting():
            _record(refusal.attempt)
        raise


def guard(
    action: str,
    *,
    root_id: int,
    refs: dict[str, int],
    by: "User | None",
    role: str = "",
    at: "datetime | None" = None,
) -> None:
    """Refuse `action` unless every clause that guards it allows it now.

    Call inside `acting(root_id)`, before changing rows. `refs` name the subject (line, invoice …);
    `role` is the role `by` acts in. `at` is for acts dated back: the gate is judged by how things
    stood then, as known today.
    Raises GateRefusal naming the first clause that refuses.
    """
    refusal = refusal_of(action, root_id=root_id, refs=refs, by=by, role=role, at=at)
    if refusal:
        raise refusal


def refusal_of(
    action: str,
    *,
    root_id: int,
    refs: dict[str, int],
    by: "User | None" = None,
    role: str = "",
    at: "datetime | None" = None,
) -> GateRefusal | None:
    """What `guard` would raise: for a button that says beforehand why it is shut."""
    return next(refusals_of(action, root_id=root_id, refs=refs, by=by, role=role, at=at), None)


def refusals_of(
    action: str,
    *,
    root_id: int,
    refs: dict[str, int],
    by: "User | None" = None,
    role: str = "",
    at: "datetime | None" = None,
) -> Iterator[GateRefusal]:
    """Of every clause that refuses, in their order: for a person who mends all of it at once."""
    now = clock.to_minute(at or clock.now())
    regulation = registry.current()
    cards = guards(regulation, action, now)
    if not cards:
        return
    index = _facts(regulation, cards, root_id, now)
    for card in cards:
        decision = _decide(regulation, card, index, root_id, refs, role, now)
        if not decision.allowed and decision.mode >= Mode.VISIBLE:
            attempt = Attempt(action, root_id, refs, by, role, card, decision.missing)
            yield GateRefusal(attempt, lacking(card, decision.missing), _who(card))


def guards(regulation: Regulation, action: str, now: int) -> list[Card]:
    """The edition in force of every clause that guards this action."""
    return [card for card in in_force(regulation.cards, now).values() if _action(card) == action]


def _action(card: Card) -> str:
    if card.gate:
        return card.gate.action
    return card.forbidden.action if card.forbidden else ""


def _facts(regulation: Regulation, cards: list[Card], root_id: int, now: int) -> Index:
    cells = regulation.needed_for([card.clause for card in cards])
    agency = regulation.agency_kinds_of(cells)
    facts = facts_of(root_id, regulation.kinds_of(cells), agency, as_known=now)
    return Index(facts, now)


def _decide(
    regulation: Regulation,
    card: Card,
    index: Index,
    root_id: int,
    refs: dict[str, int],
    role: str,
    now: int,
) -> Decision:
    cells = regulation.needed_for([card.clause])
    return decide(
        card,
        index,
        Ask(
            root=root_id,
            subject=subject_of(card, root_id, refs),
            each=refs.get(card.each, 0),
            role=role,
        ),
        parameters=regulation.parameters(cells, [root_id]),
        calendars=regulation.calendars,
        now=now,
        cards=regulation.cards_of(cells) if len(cells) > 1 else (),
    )


def subject_of(card: Card, root_id: int, refs: dict[str, int]) -> int:
    """The id of what the card asks about among an act's refs."""
    return root_id if card.subject == CLIENT else refs.get(card.subject, 0)


def _who(card: Card) -> str:
    """Who may lift the gate, in the reader's language."""
    return ", ".join(str(Role(role).label) for role in card.waivers or WHO_BY_DEFAULT)


def _record(attempt: Attempt) -> None:
    """Keep the attempt: the fact, and DENIED in the clause's history."""
    with acting(attempt.root_id):
        fact = record(
            "gate.refused",
            root_id=attempt.root_id,
            refs=attempt.refs | ({CLIENT: attempt.root_id} if attempt.root_id else {}),
            by=attempt.by,
            role=attempt.role,
            key=attempt.clause,
            payload={
                "action": attempt.action,
                "missing": [text[:LONGEST_TEXT] for text in attempt.missing],
            },
        )
        minute = clock.to_minute(fact.recorded_at)
        rows.add(
            Transition(
                clause=attempt.clause,
                part=0,
                subject_type=attempt.card.subject,
                subject_id=attempt.subject_id,
                row_key=fact.pk,
                root_id=attempt.root_id,
                known_at=minute,
                from_state=-1,
                to_state=State.DENIED,
                due=minute,
                cause="fact",
                cause_fact=fact.pk,
                edition_id=attempt.card.edition_id,
            )
        )
