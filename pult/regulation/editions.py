"""Card editions: what the pack's files say against what somebody signed.

The first edition of a clause is signed by the pack that ships it (and stays in shadow until the
head raises its mode). A changed file is a new edition that evaluation ignores until it is signed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.regulation import stamp
from pult.regulation.calendars import midnight
from pult.regulation.evaluate.card import Card
from pult.regulation.models import CardEdition
from pult.regulation.pack_text import card_text, parse_card, shipped_pack

PACK = "agency"
_given: dict[str, Card] = {}


@dataclass(frozen=True)
class Synced:
    """What a sync found: clauses new to this base, clauses whose wording awaits a signature."""

    new: tuple[str, ...]
    changed: tuple[str, ...]


def sync(cards: Iterable[Card] | None = None, pack: str = PACK) -> Synced:
    """Make an edition of every card that has none yet; at migrate and before a sweep.

    `cards` default to the shipped pack's. A pack with problems is not taken at all: BadInput.
    """
    given = _cards_of_files() if cards is None else list(cards)
    known: dict[str, set[str]] = {}
    for clause, edition in CardEdition.objects.filter(pack=pack).values_list("clause", "edition"):
        known.setdefault(clause, set()).add(edition)
    fresh = [card for card in given if card.edition not in known.get(card.clause, ())]
    now = clock.now()
    rows = []
    for card in fresh:
        _given[card.edition] = card
        row = _row(card, pack)
        if card.clause not in known:
            row.signed_at, row.signed_as = now, "pack"
        rows.append(row)
    if rows:
        CardEdition.objects.bulk_create(rows, ignore_conflicts=True)
        stamp.changed()
    return Synced(
        new=tuple(card.clause for card in fresh if card.clause not in known),
        changed=tuple(card.clause for card in fresh if card.clause in known),
    )


def _cards_of_files() -> list[Card]:
    pack = shipped_pack()
    if pack.problems:
        raise BadInput(str(pack.problems[0]), cure=_("Mend the card; pult check lists the rest"))
    return list(pack.cards)


def _row(card: Card, pack: str) -> CardEdition:
    return CardEdition(
        pack=pack,
        clause=card.clause,
        edition=card.edition,
        title=card.title[:200],
        title_en=card.title_en[:200],
        wording=card.wording,
        kind=card.kind,
        text=card_text(card),
        file=card.file,
        recorded_at=clock.now(),
    )


def signed_cards() -> tuple[Card, ...]:
    """Every signed edition as a card with its id and the minute it takes effect, oldest first."""
    rows = list(CardEdition.objects.filter(signed_at__isnull=False).order_by("id"))
    if not rows:
        return ()
    known = dict(_given)
    if any(row.edition not in known for row in rows):
        known |= {card.edition: card for card in shipped_pack().cards}
    cards = ((row, known.get(row.edition) or parse_card(row.text, row.file)) for row in rows)
    return tuple(_signed(card, row) for row, card in cards if card)


def _signed(card: Card, row: CardEdition) -> Card:
    since = midnight(row.effective_from) if row.effective_from else 0
    return replace(card, edition_id=row.pk, effective_from=since)


def waiting() -> list[CardEdition]:
    """Editions that wait for a signature."""
    return list(CardEdition.objects.filter(signed_at__isnull=True).order_by("clause", "id"))
