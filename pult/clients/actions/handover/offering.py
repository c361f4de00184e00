"""The offer of a project: everything that is not there yet is told at once."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.actions.handover.owners import let_in
from pult.clients.actions.handover.steps import PREPARED, move, must_be, tell, tell_readiness
from pult.clients.actions.room import check_room, lack_of_room
from pult.clients.handover_access import sale_for, side
from pult.clients.logic.handovers import GATES, clause_of
from pult.clients.models import Handover, HandoverPoint
from pult.clients.queries.handover.readiness import Standing
from pult.clients.queries.handover.ways import gaps_of, to_lift, ways_of, who_fills
from pult.kernel import clock
from pult.kernel.errors import Refusal, Way
from pult.kernel.facts import acting
from pult.regulation.gates import gated, refusals_of

if TYPE_CHECKING:
    from pult.people.models import User


def offer_handover(*, by: "User", handover_id: int, reason: str = "") -> Handover:
    """Offer the project to the manager, who sees the client from now on.

    Gates 2.2–2.7 and 2.13 refuse while something is lacking, and a remark it was sent back with
    is to be mended or answered first; `reason` is the head's word for a manager who has more
    clients than the limit.
    """
    row = sale_for(by, handover_id)
    role = side(by, row, giving=True)
    with gated(), acting(row.client_id):
        must_be(row, *PREPARED)
        standing = tell_readiness(row, by, role)
        lacks = [*_unready(row, standing, by, role), *_unmended(row)]
        refuse_together([*lacks, *_without_room(row, by, reason)])
        check_room(row.receiver, by=by, client_ids=[row.client_id], reason=reason)
        let_in(row, by, role)
        tell("handover.offer", row, by, role)
        move(row, by, role, Handover.State.OFFERED, offered_at=clock.now())
    return row


def refuse_together(refusals: Sequence[Refusal]) -> None:
    """Raise the first of these; its cure tells what the others lack, with their pages and people:
    nothing is learnt of one by one."""
    if not refusals:
        return
    first, *others = refusals
    if others:
        told = (first.cure, *(words for one in others for words in (one.message, one.cure)))
        first.cure = " ".join(f"{str(words).rstrip('.')}." for words in told if str(words))
    people = dict.fromkeys(who for one in refusals for who in str(one.who).split(", ") if who)
    first.who = ", ".join(people)
    first.lead_to(dict.fromkeys(way for one in refusals for way in one.ways))
    raise first


def _unready(row: Handover, standing: Standing, by: "User", role: str) -> Iterator[Refusal]:
    """The first gate that refuses, telling of what all of them lack, who fills it and where."""
    refs = {"client": row.client_id, "handover": row.pk}
    shut = list(refusals_of("handover.offer", root_id=row.client_id, refs=refs, by=by, role=role))
    if not shut:
        return
    clauses = {one.clause for one in shut}
    parts = [part for part, clause in GATES.items() if clause in clauses]
    told = dict.fromkeys(gap for part in parts for gap in gaps_of(standing, part))
    if told:
        ways = ways_of(by, row, standing)
        shut[0].cure = _("Missing: %(missing)s.") % {"missing": "; ".join(told)}
        shut[0].who = who_fills(by, row, standing, parts)
        found = dict.fromkeys(way for part in parts for way in ways.get(part, ()))
        shut[0].lead_to([*found, *to_lift(by, row)])
    yield shut[0]


def _unmended(row: Handover) -> Iterator[Refusal]:
    """What the project was sent back for is mended since, cleared up or at least answered."""
    remarks = row.points.filter(kind=HandoverPoint.Kind.MISSING, resolved_at=None, answer="")
    left = [one for one in remarks if one.bounced and not _is_mended(row, one)]
    if left:
        yield Refusal(
            _("Sent back, neither mended nor answered: %(what)s")
            % {"what": "; ".join(one.text[:200] for one in left)},
            clause=left[0].clause or clause_of(left[0].about),
            cure=_("Mend what the remark is about, or answer it"),
            who=str(row.giver),
            subject=row.client,
            ways=(Way(_("To the remarks"), "handover", (row.pk,), place="points"),),
        )


def _without_room(row: Handover, by: "User", reason: str) -> Iterator[Refusal]:
    """The limit of the manager, with the page where another one is named."""
    found = lack_of_room(row.receiver, client_ids=[row.client_id], by=by, reason=reason)
    if found:
        another = Way(_("Give it to another manager"), "handover_new", query=f"handover={row.pk}")
        found.lead_to([another])
        yield found


def _is_mended(row: Handover, point: HandoverPoint) -> bool:
    later = {"at__gt": point.at}
    return (
        row.changes.filter(field=point.about, **later).exists()
        or row.papers.filter(kind=point.about, removed_at=None, **later).exists()
    )
