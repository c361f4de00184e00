"""The page of a handover."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import roles_of, sees_money
from pult.clients.handover_access import LEADERS, gives, handover_for, takes
from pult.clients.handover_words import FIELDS, PARTS, lacking_word, word_of
from pult.clients.logic.handovers import (
    GATES,
    MAY_BE_NONE,
    PAPERS,
    SIGNED,
    STUDIED,
    WRITTEN,
    Readiness,
)
from pult.clients.models import (
    ORDINARY,
    BriefChange,
    Contact,
    Handover,
    HandoverPaper,
    HandoverPoint,
)
from pult.clients.models.handover import OPEN, PREPARED
from pult.clients.providers import Bill
from pult.clients.queries.handover.between import between_parts
from pult.clients.queries.handover.readiness import standing_of
from pult.clients.queries.handover.shapes import (
    FieldItem,
    HandoverCard,
    PaperItem,
    PaperKind,
    PartItem,
    Person,
    PointItem,
    StudyItem,
)
from pult.clients.queries.handover.ways import called, ways_of
from pult.clients.queries.held import held_by
from pult.clients.queries.load import load_of
from pult.kernel import files
from pult.kernel.errors import NotVisible, Way
from pult.kernel.roles import Role
from pult.people.queries import business_day
from pult.regulation.models import Waiver
from pult.ui.formats import short_day

if TYPE_CHECKING:
    from pult.people.models import User

CLAUSES = {
    "seller": "2.8.1",
    "company": "2.8.2",
    "day": "2.8.3",
    "folder": "2.8.4",
    "sold": "2.8.5",
    "proposal": "2.8.6",
    "card": "2.8.7",
    "contacts": "2.8.8",
    "goals": "2.10",
    "wishes": "2.10",
}


def handover_card(user: "User", handover_id: int) -> HandoverCard:
    """A handover of either kind; raises NotVisible for somebody else's."""
    row = handover_for(user, handover_id)
    points = _points(row)
    more = _sale_parts(user, row) if row.kind == Handover.Kind.SALES else between_parts(user, row)
    return HandoverCard(
        id=row.pk,
        kind=row.kind,
        kind_label=str(Handover.Kind(row.kind).label),
        state=row.state,
        state_label=str(Handover.State(row.state).label),
        client_id=row.client_id,
        client=row.client.name,
        sees_client=_sees_client(user, row),
        giver=Person(row.giver_id, row.giver.full_name),
        receiver=Person(row.receiver_id, row.receiver.full_name),
        version=row.version,
        offered_at=row.offered_at,
        accepted_at=row.accepted_at,
        points=points,
        **more,
    )


def handover_kind(user: "User", handover_id: int) -> str:
    """sales | between; raises NotVisible."""
    return handover_for(user, handover_id).kind


def paper_file(user: "User", handover_id: int, paper_id: int) -> tuple[str, bytes]:
    """The name and bytes of a paper, for whoever sees the handover; raises NotVisible."""
    row = handover_for(user, handover_id)
    papers = row.papers.filter(pk=paper_id, removed_at=None, file__isnull=False)
    paper = papers.select_related("file").first() if paper_id < 2**63 else None
    if paper is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return paper.name, files.read(paper.file)


def _sees_client(user: "User", row: Handover) -> bool:
    """Heads do, and whoever holds the client now."""
    if roles_of(user) & LEADERS:
        return True
    roles = [Role.AM, Role.SALES] if row.receiver_id != user.pk else [Role.AM]
    return any(row.client_id in held_by([user.pk], role) for role in roles)


def _sale_parts(user: "User", row: Handover) -> dict:
    papers = list(row.papers.filter(removed_at=None).select_related("by"))
    changes = list(row.changes.select_related("by"))
    people = list(Contact.objects.filter(client=row.client_id, left=False).order_by("id"))
    kinds = {paper.kind for paper in papers}
    standing = standing_of(row, papers=kinds, has_people=bool(people))
    ready = standing.ready
    with_money = sees_money(user)
    acts = _acts(user, row, ready, standing.came)
    return {
        "fields": _fields(row, people, changes),
        "papers": _papers(papers, standing.bills if with_money else ()),
        "parts": _parts(
            ready, ways_of(user, row, standing) if row.state in PREPARED else {}, _lifted(row)
        ),
        "studies": _studies(row, papers, changes),
        "asked": standing.asked if with_money else None,
        "came": standing.came if with_money else None,
        "part_reason": row.part_reason,
        "part_by": str(row.part_by or ""),
        "understood_at": row.understood_at,
        "understood_note": row.understood_note,
        "receiver_is_full": {"offer", "lead"} <= acts and not _has_room(row.receiver),
        "acts": acts,
    }


def _has_room(receiver: "User") -> bool:
    """Whether one more ordinary client fits; two queries."""
    room = load_of(receiver).room
    return room is None or room >= ORDINARY


def _fields(
    row: Handover, people: list[Contact], changes: list[BriefChange]
) -> tuple[FieldItem, ...]:
    before = defaultdict(list)
    for change in changes:
        if change.old:
            before[change.field].append((change.old, str(change.by), change.at))
    day = row.accepted_at or row.offered_at
    given = {
        "seller": row.giver.full_name,
        "company": row.client.name,
        "day": short_day(day) if day else "",
        "card": row.client.name,
        "contacts": ", ".join(f"{one.name} {one.position}".strip() for one in people),
    }
    return tuple(
        FieldItem(
            code=code,
            label=str(label),
            clause=CLAUSES[code],
            value=given.get(code, "") if code in given else getattr(row, code),
            is_own=code in WRITTEN,
            before=tuple(before[code]),
        )
        for code, label in FIELDS.items()
    )


def _papers(papers: list[HandoverPaper], bills: Sequence[Bill]) -> tuple[PaperKind, ...]:
    issued = tuple(Way(called(one), "invoice", (one.id,)) for one in bills if one.number)
    by_kind = defaultdict(list)
    for paper in papers:
        by_kind[paper.kind].append(paper)
    return tuple(
        PaperKind(
            code=kind,
            label=word_of(kind),
            clause=GATES["signed" if kind in SIGNED else "agreed"],
            files=tuple(
                PaperItem(one.pk, one.name, str(one.by), one.at)
                for one in by_kind[kind]
                if one.file_id
            ),
            is_none=any(one.file_id is None for one in by_kind[kind]),
            may_be_none=kind in MAY_BE_NONE,
            kept=issued if kind == HandoverPaper.Kind.INVOICE else (),
        )
        for kind in PAPERS
    )


def _lifted(row: Handover) -> dict[str, date]:
    """Clause → the last day of the exception for this handover; one query while it is prepared."""
    if row.state not in PREPARED:
        return {}
    rows = Waiver.objects.filter(
        root_id=row.client_id,
        subject_type="handover",
        subject_id=row.pk,
        until__gte=business_day(),
    )
    return dict(rows.order_by("until").values_list("clause", "until"))


def _parts(
    ready: Readiness, ways: Mapping[str, tuple[Way, ...]], lifted: Mapping[str, date]
) -> tuple[PartItem, ...]:
    return tuple(
        PartItem(
            code=part,
            label=str(PARTS[part]),
            clause=clause,
            is_full=not ready.lacking[part],
            ways=() if clause in lifted else ways.get(part, ()),
            lifted_until=lifted.get(clause),
            lacking=", ".join(
                lacking_word(part, one) for one in ready.lacking[part] if one != part
            ),
        )
        for part, clause in GATES.items()
    )


def _studies(
    row: Handover, papers: list[HandoverPaper], changes: list[BriefChange]
) -> tuple[StudyItem, ...]:
    done = list(row.studies.values_list("paper", "brief_version"))
    read = {paper for paper, _version in done}
    changed = max((change.version for change in changes), default=0)
    files = {kind: [p.pk for p in papers if p.kind == kind and p.file_id] for kind in STUDIED}
    brief = any(paper is None and version >= changed for paper, version in done)
    return tuple(
        StudyItem(
            code=kind,
            label=str(PARTS["brief"]) if kind == "brief" else word_of(kind),
            is_done=brief if kind == "brief" else set(files[kind]) <= read,
            is_there=kind == "brief" or bool(files[kind]),
        )
        for kind in STUDIED
    )


def _acts(user: "User", row: Handover, ready: Readiness, came: int) -> frozenset[str]:
    found = set()
    giving, taking = gives(user, row), takes(user, row)
    if row.state in OPEN and giving:
        found |= {"paper", "cancel", "readdress"}
    if row.state in (*OPEN, Handover.State.ACCEPTED) and (giving or taking):
        found |= {"point", "answer"}
        if giving:
            found.add("edit")
    if row.state in PREPARED and giving:
        found.add("offer")
    unpaid = bool(ready.lacking["paid"])
    if row.state in PREPARED and unpaid and came and "head" in roles_of(user):
        found.add("part")
    if row.state in PREPARED and not ready.is_full and "head" in roles_of(user):
        found.add("lift")
    if taking and row.state == Handover.State.OFFERED:
        found |= {"accept", "send_back"}
    if taking and row.state in (Handover.State.OFFERED, Handover.State.ACCEPTED):
        found |= {"study", "resolve"}
    if giving and row.state == Handover.State.ACCEPTED and not row.understood_at:
        found.add("understand")
    if roles_of(user) & LEADERS:
        found.add("lead")
    return frozenset(found)


def _points(row: Handover) -> tuple[PointItem, ...]:
    return tuple(
        PointItem(
            id=one.pk,
            kind=one.kind,
            kind_label=str(HandoverPoint.Kind(one.kind).label),
            about=word_of(one.about) if one.about else "",
            clause=one.clause,
            text=one.text,
            by=str(one.by),
            at=one.at,
            answer=one.answer,
            answered_by=str(one.answered_by or ""),
            is_resolved=one.resolved_at is not None,
            bounced=one.bounced,
        )
        for one in row.points.select_related("by", "answered_by")
    )
