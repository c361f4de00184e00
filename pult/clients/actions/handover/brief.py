"""The brief of a handover and its papers: filled by sales, old values kept."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.actions.handover.steps import OPEN, must_be, save, tell, tell_readiness
from pult.clients.edits import check
from pult.clients.handover_access import sale_for, side
from pult.clients.handover_words import FIELDS
from pult.clients.logic.handovers import MAY_BE_NONE, PAPERS, WRITTEN
from pult.clients.models import BriefChange, Handover, HandoverPaper
from pult.clients.providers import covered
from pult.kernel import clock, files
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal, Way
from pult.kernel.facts import acting
from pult.kernel.words import line_of, text_of

if TYPE_CHECKING:
    from pult.people.models import User

KEPT = (*OPEN, Handover.State.ACCEPTED)
LINES = frozenset(["folder", "proposal"])


def edit_brief(*, by: "User", handover_id: int, version: int, **changes: str) -> Handover:
    """Change fields of the brief (`WRITTEN`); what was there before is kept.

    These are the words of whoever sold the project: the manager asks about them instead. Changes
    of two people to different fields both stay. Raises Conflict naming who changed the
    same field since `version`, BadInput for a text that does not fit.
    """
    row = sale_for(by, handover_id)
    role = side(by, row, giving=True)
    if strange := changes.keys() - set(WRITTEN):
        raise TypeError(f"not of the brief: {', '.join(sorted(strange))}")
    with acting(row.client_id):
        must_be(row, *KEPT)
        tidy = {name: _tidy(name, text) for name, text in changes.items()}
        differ = {name: text for name, text in tidy.items() if getattr(row, name) != text}
        _refuse_crossed(row, version, differ)
        if differ:
            _write(row, by, differ)
            tell("handover.edited", row, by, role, payload={"fields": sorted(differ)})
            if row.state != Handover.State.ACCEPTED:
                tell_readiness(row, by, role)
    return row


def _tidy(name: str, text: str) -> str:
    return line_of(text) if name in LINES else text_of(text).strip()


def _refuse_crossed(row: Handover, version: int, differ: dict[str, str]) -> None:
    """Somebody else's change of the same field since the person looked is shown, not lost."""
    since = row.changes.filter(version__gt=version, field__in=list(differ))
    newest = since.select_related("by").first()
    if newest is None:
        return
    told = {
        "who": newest.by,
        "field": str(FIELDS[newest.field]),
        "text": getattr(row, newest.field)[:200],
    }
    raise Conflict(
        _("%(who)s changed “%(field)s” while you were editing: %(text)s") % told,
        cure=_("What you typed is still in the form: save again to replace it"),
    )


def _write(row: Handover, by: "User", differ: dict[str, str]) -> None:
    now, old = clock.now(), {name: getattr(row, name) for name in differ}
    for name, text in differ.items():
        setattr(row, name, text)
    check(row)
    save(row, **{name: getattr(row, name) for name in differ})
    BriefChange.objects.bulk_create(
        BriefChange(
            handover=row,
            version=row.version,
            field=name,
            old=old[name],
            new=getattr(row, name),
            by=by,
            at=now,
        )
        for name in differ
    )


def add_paper(
    *, by: "User", handover_id: int, kind: str, name: str = "", content: bytes | None = None
) -> HandoverPaper:
    """Put a paper beside the handover; without `content` it is the word that there is none.

    A contract, an invoice, a proposal, a plan and a strategy are always there (2.3, 2.4).
    """
    row = sale_for(by, handover_id)
    role = side(by, row, giving=True)
    if kind not in PAPERS:
        raise BadInput(_("Choose one of what is offered"), field="kind")
    if content is None and kind not in MAY_BE_NONE:
        raise BadInput(_("Choose a file"), field="file")
    file = files.store(content) if content is not None else None
    with acting(row.client_id):
        must_be(row, *OPEN)
        now = clock.now()
        none_said = row.papers.filter(kind=kind, file=None, removed_at=None)
        if file is None and row.papers.filter(kind=kind, removed_at=None).exists():
            raise Refusal(_("Papers of this kind are here already"), subject=row.client)
        none_said.update(removed_at=now)
        called = line_of(name)[-200:] if file else ""
        paper = HandoverPaper(handover=row, kind=kind, file=file, name=called, by=by, at=now)
        paper.save(force_insert=True)
        tell("handover.edited", row, by, role, payload={"fields": [kind]})
        tell_readiness(row, by, role)
    return paper


def remove_paper(*, by: "User", paper_id: int) -> None:
    """Take a wrong paper off; that it was there stays in the history."""
    paper = HandoverPaper.objects.filter(pk=paper_id, removed_at=None).first()
    if paper is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    row = sale_for(by, paper.handover_id)
    role = side(by, row, giving=True)
    with acting(row.client_id):
        must_be(row, *OPEN)
        gone = HandoverPaper.objects.filter(pk=paper.pk, removed_at=None)
        if gone.update(removed_at=clock.now()):
            tell("handover.edited", row, by, role, payload={"fields": [paper.kind]})
            tell_readiness(row, by, role)


def allow_part(*, by: "User", handover_id: int, reason: str) -> Handover:
    """The head lets a client be handed over on a part of its money (A09); the reason stays."""
    role = require(by, "head", act=_("accept a part of the payment"))
    row = sale_for(by, handover_id)
    if not (reason := text_of(reason).strip()):
        raise BadInput(_("Say why"), field="reason")
    _asked, came = covered(row.client_id)
    if not came:
        raise Refusal(
            _("Nothing has come from this client yet"),
            clause="2.2",
            cure=_("Wait for the money, or make an exception from this clause with a reason"),
            subject=row.client,
            ways=(Way(_("Make an exception"), "handover", (row.pk,), place="lift"),),
        )
    with acting(row.client_id):
        must_be(row, *OPEN)
        save(row, part_by=by, part_at=clock.now(), part_reason=reason)
        tell("handover.part_allowed", row, by, role, value=came)
        tell_readiness(row, by, role)
    return row
