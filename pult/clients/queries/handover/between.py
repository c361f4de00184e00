"""A handover between managers as its page shows it."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from pult.clients.access import roles_of, sees_traits
from pult.clients.handover_access import LEADERS, gives, takes
from pult.clients.handover_words import ITEMS as WORDS
from pult.clients.handover_words import item_word
from pult.clients.logic.handovers import ITEMS, missing_items
from pult.clients.models import Handover
from pult.clients.models.handover import OPEN
from pult.clients.queries.handover.blame import breaches_before
from pult.clients.queries.handover.known import known_of
from pult.clients.queries.handover.shapes import ItemRow

if TYPE_CHECKING:
    from pult.people.models import User


def missing_of(row: Handover) -> tuple[str, ...]:
    """Codes of the items nobody has told of and Pult does not know."""
    told = {one.code for one in row.items.all() if one.text or one.is_none}
    return missing_items(known_of([row.client_id])[row.client_id], told)


def between_parts(user: "User", row: Handover) -> dict[str, Any]:
    """What a handover between managers has beside what every handover has."""
    rows = {one.code: one for one in row.items.all()}
    moved = row.state == Handover.State.ACCEPTED
    now_known = {} if moved else known_of([row.client_id])[row.client_id]
    items = []
    for code, clause in ITEMS.items():
        if code == "traits" and not sees_traits(user):
            continue
        kept = rows.get(code)
        known = tuple(now_known.get(code, ()))
        if moved and kept and kept.known:
            known = tuple(kept.known.split("\n"))
        told = bool(kept and (kept.text or kept.is_none))
        items.append(
            ItemRow(
                code=code,
                label=str(WORDS[code]),
                clause=clause,
                known=known,
                text=kept.text if kept else "",
                is_none=bool(kept and kept.is_none),
                is_filled=told or bool(known) or code == "access",
                is_accepted=bool(kept and kept.accepted_at),
                version=kept.version if kept else 0,
                is_own=code != "access",
            )
        )
    batch, signer = row.batch, row.giver_signed_by
    return {
        "items": tuple(items),
        "missing": tuple(item_word(one.code) for one in items if not one.is_filled),
        "batch_id": row.batch_id,
        "is_urgent": bool(batch and batch.is_urgent),
        "grace_until": batch.grace_until if batch and moved else None,
        "giver_signed_at": row.giver_signed_at,
        "giver_signed_by": signer.full_name if signer and signer.pk != row.giver_id else "",
        "receiver_signed_at": row.receiver_signed_at,
        "awaited": _awaited(row),
        "told_at": row.told_at,
        "letter": letter_of(row),
        "before": breaches_before(row) if moved else 0,
        "acts": _acts(user, row, items),
    }


def _awaited(row: Handover) -> str:
    """Whose signature an open handover waits for."""
    if row.state not in OPEN:
        return ""
    if row.giver_signed_at is None:
        return row.giver.full_name
    return row.receiver.full_name if row.receiver_signed_at is None else ""


def letter_of(row: Handover) -> str:
    """What the client is told, in the agency's language, for whoever writes to copy."""
    with override("ru"):
        return _(
            "Good day!\n\nFrom now on %(receiver)s is your account manager. They know the state of"
            " your projects, budgets and agreements; nothing of the work in progress stops.\n\n"
            "Thank you for working with us,\n%(giver)s"
        ) % {"receiver": row.receiver.full_name, "giver": row.giver.full_name}


def _acts(user: "User", row: Handover, items: list[ItemRow]) -> frozenset[str]:
    found = set()
    giving, taking = gives(user, row), takes(user, row)
    is_open = row.state in OPEN
    late = row.state == Handover.State.ACCEPTED and bool(row.batch and row.batch.is_urgent)
    if (is_open and (giving or taking)) or (late and taking):
        found |= {"point", "answer", "resolve"}
    if (is_open and giving) or (late and taking):
        found.add("fill")
    if taking and (is_open or late):
        found.add("accept_item")
    if is_open and giving and not row.giver_signed_at:
        found.add("sign")
    taken = all(one.is_accepted for one in items)
    if is_open and taking and row.giver_signed_at and taken and not row.receiver_signed_at:
        found.add("take")
    if is_open and roles_of(user) & LEADERS:
        found.add("cancel")
    if row.state == Handover.State.ACCEPTED and taking and not row.told_at:
        found.add("told")
    return frozenset(found)
