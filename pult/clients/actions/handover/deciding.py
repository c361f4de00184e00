"""The answer to an offer, and what follows: study, points, the seller's check."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.actions.handover.carrying import fill_card
from pult.clients.actions.handover.owners import become_client, leave_sales, let_go, let_in
from pult.clients.actions.handover.steps import (
    again,
    enter_state,
    move,
    must_be,
    save,
    tell,
    tell_points,
    tell_state,
)
from pult.clients.handover_access import handover_for, sale_for, side
from pult.clients.logic.handovers import STUDIED, clause_of
from pult.clients.models import Handover, HandoverPoint, HandoverStudy
from pult.clients.queries.handover.readiness import contacts_lacking, to_study
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.facts import acting
from pult.kernel.models import Fact
from pult.kernel.words import text_of

if TYPE_CHECKING:
    from pult.people.models import User

Remark = tuple[str, str]  # (what it is about, words)


def send_back(*, by: "User", handover_id: int, remarks: Sequence[Remark]) -> Handover:
    """Return the project item by item: each remark cites the clause it is about (A51).

    Raises BadInput without remarks or for one without words.
    """
    row = sale_for(by, handover_id)
    role = side(by, row, giving=False)
    said = [(about, text_of(text).strip()) for about, text in remarks]
    if not said or not all(text for _about, text in said):
        raise BadInput(_("Say what is missing, item by item"), field="remarks")
    with acting(row.client_id):
        must_be(row, Handover.State.OFFERED)
        now = clock.now()
        points = HandoverPoint.objects.bulk_create(
            HandoverPoint(
                handover=row,
                kind=HandoverPoint.Kind.MISSING,
                about=about,
                clause=clause_of(about),
                text=text,
                by=by,
                at=now,
                bounced=True,
            )
            for about, text in said
        )
        clauses = sorted({point.clause for point in points})
        tell("handover.bounced", row, by, role, value=len(points), payload={"clauses": clauses})
        tell_points(row, by, role)
        let_go(row, by, role)
        move(row, by, role, Handover.State.RETURNED)
    return row


def accept_handover(
    *, by: "User", handover_id: int, version: int, checked_papers: bool, checked_tools: bool
) -> Handover:
    """Take the project: the papers are there and the brief is filled (2.9), tools and budgets of
    the card are checked (2.14). Status, owner and rights move by themselves.

    Raises BadInput until both are said, Conflict when the brief was changed meanwhile.
    """
    row = sale_for(by, handover_id)
    role = side(by, row, giving=False)
    if not checked_papers:
        raise BadInput(_("Confirm that the papers and the brief are there"), field="papers")
    if not checked_tools:
        raise BadInput(_("Confirm that tools and budgets are right"), field="tools")
    with acting(row.client_id):
        must_be(row, Handover.State.OFFERED)
        _refuse_ungated(row)
        _refuse_changed(row, version)
        _refuse_missing(row)
        let_in(row, by, role)
        leave_sales(row, by, role)
        become_client(row, by, role)
        fill_card(row, by)
        move(row, by, role, Handover.State.ACCEPTED, accepted_at=clock.now())
        tell_points(row, by, role)
        _tell_study(row, by, role)
        lacking = contacts_lacking(row.client_id)
        enter_state("client.contacts", row.client, by, role, "lacking" if lacking else "full")
    return row


def _refuse_ungated(row: Handover) -> None:
    """Only an offer that passed the gates is accepted."""
    refs = {"refs__handover": row.pk, "kind": "handover.offer"}
    if not Fact.objects.filter(root_id=row.client_id, **refs).exists():
        raise Refusal(
            _("Nobody has offered this project yet"),
            clause="2.5",
            cure=_("Return the project: whoever sold it offers it with everything it needs"),
            who=str(row.giver),
            subject=row.client,
        )


def _refuse_changed(row: Handover, version: int) -> None:
    newest = row.changes.filter(version__gt=version).select_related("by").first()
    if newest is None:
        return
    raise Conflict(
        _("%(who)s changed the brief while you were reading it") % {"who": newest.by},
        cure=_("Read it again, then accept"),
    )


def _refuse_missing(row: Handover) -> None:
    """What is missing is brought before the project is taken; disputed points may wait (2.10)."""
    missing = row.points.filter(kind=HandoverPoint.Kind.MISSING, resolved_at=None)
    if found := missing.first():
        raise Refusal(
            _("Still missing: %(what)s") % {"what": found.text[:200]},
            clause=found.clause,
            cure=_("Mark it as cleared up, or return the project"),
            who=str(row.giver),
            subject=row.client,
        )


def raise_point(
    *, by: "User", handover_id: int, kind: str, text: str, about: str = ""
) -> HandoverPoint:
    """Write down a missing or disputed point, or a question (2.10)."""
    row = handover_for(by, handover_id)
    role = side(by, row, giving=row.giver_id == by.pk)
    text = text_of(text).strip()
    if kind not in HandoverPoint.Kind.values:
        raise BadInput(_("Choose one of what is offered"), field="kind")
    if not text:
        raise BadInput(_("Write something"), field="text")
    with acting(row.client_id):
        again(row)
        if row.state == Handover.State.CANCELLED:
            raise Refusal(_("This handover was cancelled"), subject=row.client)
        clause = clause_of(about)
        point = HandoverPoint(
            handover=row, kind=kind, about=about, clause=clause, text=text, by=by, at=clock.now()
        )
        point.save(force_insert=True)
        tell_points(row, by, role)
    return point


def answer_point(*, by: "User", point_id: int, answer: str) -> HandoverPoint:
    """Answer a point; whoever raised it says whether that clears it up."""
    point, row, role = _point(by, point_id)
    answer = text_of(answer).strip()
    if not answer:
        raise BadInput(_("Write something"), field="answer")
    with acting(row.client_id):
        point.refresh_from_db()
        if point.resolved_at:
            raise Refusal(_("This point is cleared up already"), subject=row.client)
        point.answer, point.answered_by, point.answered_at = answer, by, clock.now()
        point.save(update_fields=["answer", "answered_by", "answered_at"])
        tell("handover.edited", row, by, role, payload={"fields": ["points"]})
    return point


def resolve_point(*, by: "User", point_id: int, is_resolved: bool = True) -> HandoverPoint:
    """Whoever raised a point, or takes the project, calls it cleared up, or open again."""
    point, row, role = _point(by, point_id)
    if point.by_id != by.pk:
        side(by, row, giving=False)
    with acting(row.client_id):
        point.refresh_from_db()
        point.resolved_at = clock.now() if is_resolved else None
        point.save(update_fields=["resolved_at"])
        tell_points(row, by, role)
    return point


def _point(by: "User", point_id: int) -> tuple[HandoverPoint, Handover, str]:
    point = HandoverPoint.objects.filter(pk=point_id).first()
    if point is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    row = handover_for(by, point.handover_id)
    return point, row, side(by, row, giving=row.giver_id == by.pk)


def study(*, by: "User", handover_id: int, about: str) -> None:
    """«Studied», of the brief or of every paper of a kind; a new version asks again (2.11)."""
    row = sale_for(by, handover_id)
    role = side(by, row, giving=False)
    if about not in STUDIED:
        raise BadInput(_("Choose one of what is offered"), field="about")
    with acting(row.client_id):
        must_be(row, Handover.State.OFFERED, Handover.State.ACCEPTED)
        waiting = to_study(row).get(about, ())
        now = clock.now()
        HandoverStudy.objects.bulk_create(
            HandoverStudy(
                handover=row,
                paper_id=paper or None,
                brief_version=0 if paper else row.version,
                by=by,
                at=now,
            )
            for paper in waiting
        )
        _tell_study(row, by, role)


def _tell_study(row: Handover, by: "User", role: str) -> None:
    state = "part" if any(to_study(row).values()) else "all"
    tell_state("handover.studied", row, by, role, state)


def check_understanding(
    *, by: "User", handover_id: int, understood: bool, note: str = ""
) -> Handover:
    """Whoever sold the project checks that the manager understood it; what was not becomes a
    disputed point."""
    row = sale_for(by, handover_id)
    role = side(by, row, giving=True)
    note = text_of(note).strip()
    if not understood and not note:
        raise BadInput(_("Say what was not understood"), field="note")
    with acting(row.client_id):
        must_be(row, Handover.State.ACCEPTED)
        save(row, understood_at=clock.now() if understood else None, understood_note=note)
        tell_state("handover.understood", row, by, role, "yes" if understood else "no")
        if not understood:
            HandoverPoint.objects.create(
                handover=row,
                kind=HandoverPoint.Kind.DISPUTED,
                clause="2.10",
                text=note,
                by=by,
                at=clock.now(),
            )
            tell_points(row, by, role)
    return row
