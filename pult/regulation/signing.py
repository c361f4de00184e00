"""What every signature has in common: who may, why, since when, and who is told."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting
from pult.kernel.roles import Role
from pult.kernel.texts import LONGEST_REASON, fitting
from pult.kernel.words import text_of
from pult.regulation import stamp
from pult.regulation.difference import Cell
from pult.regulation.ledger import mark
from pult.regulation.models.ledger import ALL_ROOTS
from pult.regulation.providers import providers

if TYPE_CHECKING:
    from pult.people.models import User

Scope = tuple[str, int]
SIGNERS = frozenset({"head", "director"})
AGENCY = 0
FEWEST_LETTERS = 5


@contextmanager
def signing(cells: Iterable[Cell], cause: str) -> Iterator[None]:
    """One transaction in which something is signed: caches learn of it, `cells` are marked."""
    with acting(AGENCY):
        yield
        stamp.changed()
        mark(cells, cause)


def everywhere(clauses: Iterable[str]) -> list[Cell]:
    """These clauses for every client."""
    return [(ALL_ROOTS, clause) for clause in clauses]


def require_role(by: "User | None", role: str, allowed: Collection[str], clause: str = "") -> None:
    """Refuse unless the person acts as one of these roles and holds it; nobody (None) is Pult."""
    if role not in allowed or (by is not None and role not in by.roles):
        raise Refusal(
            _("This is not yours to decide"),
            clause=clause,
            who=", ".join(str(role.label) for role in Role if role in allowed),
            cure=_("Ask someone who may"),
        )


def require_scope(scope: Scope, kinds: Collection[str]) -> None:
    """BadInput unless the scope is the agency, or a team, a client or a line that is there."""
    kind, pk = scope
    is_whole = kind == "agency"
    if kind not in kinds or is_whole != (pk == 0) or not (is_whole or providers().is_there(scope)):
        raise BadInput(_("There is no such scope"), field="scope")


def require_reason(reason: str, most: int = LONGEST_REASON) -> str:
    """The reason as it is kept, without unseen letters; BadInput for one that says nothing, for a
    signature without a reason explains nothing in a year, and for one of more than `most` letters.
    """
    kept = text_of(reason)
    if not kept:
        raise BadInput(_("Say why"), field="reason", cure=_("One sentence is enough"))
    return fitting(kept, "reason", most)


def require_words(text: str, field: str = "reason") -> str:
    """A reason of some substance: a letter and a full stop tell a colleague nothing."""
    text = require_reason(text)
    if sum(map(str.isalpha, text)) < FEWEST_LETTERS:
        least = _("At least %(n)s letters, better one sentence") % {"n": FEWEST_LETTERS}
        raise BadInput(_("Say why in a few words"), field=field, cure=least)
    return text


def require_future(day: date, field: str, *, retro: bool = False) -> None:
    """The past is not rewritten unless a retroactive decision is signed as such."""
    if day < clock.today(settings.TIME_ZONE) and not retro:
        raise BadInput(
            _("The past is not rewritten"),
            field=field,
            cure=_("Choose today or a later day, or sign a retroactive decision"),
        )
