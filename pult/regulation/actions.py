"""What people do to rows of the ledger. None of it writes a state: facts do, through `evaluate`."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.regulation.labels import card_of
from pult.regulation.models import Dispute, Obligation, Postponement, Waiver
from pult.regulation.models.ledger import ALIVE, LIVE_STATES
from pult.regulation.parameters import number
from pult.regulation.signing import SIGNERS, require_reason, require_role, require_words

if TYPE_CHECKING:
    from pult.people.models import User

WAIVERS_BY_DEFAULT = frozenset({"head", "director"})
LONGEST_WAIVER = 366
LONGEST_PUT_OFF = ("postpone.longest", 30)


@dataclass(frozen=True)
class Target:
    """What an exception is for: a clause and a subject, one row of it (`row_key`) or all (0)."""

    clause: str
    root_id: int
    subject_type: str
    subject_id: int
    row_key: int = 0

    @property
    def refs(self) -> dict[str, int]:
        return refs_of(self.root_id, self.subject_type, self.subject_id)


def postpone(
    *, obligation_id: int, until: date, reason: str, by: "User", role: str = ""
) -> Postponement:
    """Hide a live row from one's day until a date. Its deadline stays where it is.

    Further than {postpone.longest} a head alone puts it off, and nobody beyond a year.
    """
    require_words(reason)
    row = _row(obligation_id)
    _require_near(until, role, row.clause)
    with acting(row.root_id):
        if row.state not in LIVE_STATES:
            raise Conflict(_("This is done already"))
        postponement, _created = Postponement.objects.update_or_create(
            **_identity(row),
            defaults={
                "root_id": row.root_id,
                "until": until,
                "reason": reason.strip()[:500],
                "by": by,
                "at": clock.now(),
            },
        )
        record(
            "obligation.postponed",
            root_id=row.root_id,
            refs=_refs(row),
            by=by,
            role=role,
            key=row.clause,
            value=row.row_key,
            day=until,
        )
    return postponement


def bring_back(*, obligation_id: int, by: "User") -> None:
    """Undo a postponement: the row is in one's day again at once."""
    row = _row(obligation_id)
    with acting(row.root_id):
        gone, _by_table = Postponement.objects.filter(**_identity(row)).delete()
        if gone:
            record(
                "obligation.brought_back",
                root_id=row.root_id,
                refs=_refs(row),
                by=by,
                key=row.clause,
                value=row.row_key,
            )


def _require_near(until: date, role: str, clause: str) -> None:
    ahead = (until - clock.today(settings.TIME_ZONE)).days
    if not 0 < ahead <= LONGEST_WAIVER:
        wrong = _("Choose a later day") if ahead <= 0 else _("A row is put off by a year at most")
        raise BadInput(wrong, field="until")
    longest = number(*LONGEST_PUT_OFF)
    if ahead > longest and role not in SIGNERS:
        raise Refusal(
            _("A row is put off by %(days)d days at most") % {"days": longest},
            clause=clause,
            who=str(Role.HEAD.label),
            cure=_("Choose a nearer day, or ask for an exception"),
        )


def dispute(
    *, obligation_id: int, proof: str, by: "User", role: str = "", at: datetime | None = None
) -> Dispute:
    """Say that a row is wrong, with proof; until decided it counts against nobody."""
    if not proof.strip():
        raise BadInput(_("Say what shows it"), field="proof")
    row = _row(obligation_id)
    with acting(row.root_id):
        if Dispute.objects.filter(**_identity(row), decision="").exists():
            raise Conflict(_("This row is disputed already"))
        opened = Dispute.objects.create(
            **_identity(row),
            root_id=row.root_id,
            proof=proof.strip(),
            opened_by=by,
            opened_at=at or clock.now(),
        )
        _say_disputed(row, "open", by, role)
    return opened


def decide_dispute(*, dispute_id: int, upheld: bool, answer: str, by: "User", role: str) -> Dispute:
    """Close a dispute: upheld, and the row never counts; rejected, and it counts again.

    Not by the person who opened it.
    """
    require_role(role, SIGNERS)
    require_reason(answer)
    found = Dispute.objects.filter(pk=dispute_id).first()
    if found is None:
        raise NotVisible("")
    with acting(found.root_id):
        found = Dispute.objects.select_for_update().get(pk=dispute_id)
        if found.decision:
            raise Conflict(_("This dispute is decided already"))
        if found.opened_by_id == by.pk:
            raise BadInput(_("Somebody else decides your own dispute"))
        found.decision = "upheld" if upheld else "rejected"
        found.answer, found.decided_by, found.decided_at = answer.strip(), by, clock.now()
        found.save(update_fields=["decision", "answer", "decided_by", "decided_at"])
        _say_disputed(found, found.decision, by, role)
    return found


def mark_useless(*, obligation_id: int, by: "User", role: str = "") -> None:
    """Say that this question helped nobody: counted a clause, shown to whoever keeps the card."""
    row = _row(obligation_id)
    record(
        "obligation.useless",
        root_id=row.root_id,
        refs=_refs(row),
        by=by,
        role=role,
        key=row.clause,
        value=row.row_key,
        external_id=f"useless:{row.pk}:{by.pk}",
        source="pult",
    )


def waive(*, target: Target, until: date, reason: str, by: "User", role: str) -> Waiver:
    """Let a clause not bind a subject until a day (inclusive), by a role the card names.

    BadInput for a past or too distant day or a clause without a card.
    """
    card = card_of(target.clause)
    if card is None:
        raise BadInput(_("There is no clause %(clause)s") % {"clause": target.clause})
    require_role(role, frozenset(card.waivers) or WAIVERS_BY_DEFAULT, target.clause)
    require_reason(reason)
    ahead = (until - clock.today(settings.TIME_ZONE)).days
    if not 0 <= ahead <= LONGEST_WAIVER:
        raise BadInput(_("An exception ends within a year"), field="until")
    with acting(target.root_id):
        _require_live(target)
        waiver = Waiver.objects.create(
            clause=target.clause,
            subject_type=target.subject_type,
            subject_id=target.subject_id,
            row_key=target.row_key,
            root_id=target.root_id,
            until=until,
            reason=reason.strip()[:500],
            by=by,
            role=role,
            at=clock.now(),
        )
        _say_waived(target, "on", by, role, until)
    return waiver


def _require_live(target: Target) -> None:
    """An exception for a row that is over would cover nothing."""
    if not target.row_key:
        return
    rows = Obligation.objects.filter(
        root_id=target.root_id,
        clause=target.clause,
        subject_type=target.subject_type,
        subject_id=target.subject_id,
        row_key=target.row_key,
    )
    if rows.exists() and not rows.filter(ALIVE).exists():
        raise Conflict(
            _("This row is over: an exception would change nothing"),
            cure=_("If it is wrong, dispute it"),
        )


def end_waiver(*, target: Target, by: "User", role: str) -> None:
    """Take an exception back: from now on the clause binds again."""
    card = card_of(target.clause)
    require_role(role, frozenset(card.waivers if card else ()) or WAIVERS_BY_DEFAULT, target.clause)
    today = clock.today(settings.TIME_ZONE)
    with acting(target.root_id):
        Waiver.objects.filter(
            clause=target.clause,
            root_id=target.root_id,
            subject_type=target.subject_type,
            subject_id=target.subject_id,
            row_key=target.row_key,
            until__gte=today,
        ).update(until=today - timedelta(days=1))
        _say_waived(target, "off", by, role, None)


def refs_of(root_id: int, subject_type: str, subject_id: int) -> dict[str, int]:
    """Refs of a fact about a subject: the subject and its client."""
    client = {"client": root_id} if root_id else {}
    return client | ({subject_type: subject_id} if subject_type != "agency" else {})


def _say_waived(target: Target, state: str, by: "User", role: str, until: date | None) -> None:
    record(
        "waiver.granted",
        root_id=target.root_id,
        refs=target.refs,
        by=by,
        role=role,
        key=target.clause,
        state=state,
        value=target.row_key,
        day=until,
        payload={"by_role": role},
    )


def _say_disputed(row: Obligation | Dispute, state: str, by: "User", role: str) -> None:
    record(
        "obligation.disputed",
        root_id=row.root_id,
        refs=_refs(row),
        by=by,
        role=role,
        key=row.clause,
        value=row.row_key,
        state=state,
    )


def _row(obligation_id: int) -> Obligation:
    row = Obligation.objects.filter(pk=obligation_id).first()
    if row is None:
        raise NotVisible("")
    return row


def _refs(row: Obligation | Dispute) -> dict[str, int]:
    return refs_of(row.root_id, row.subject_type, row.subject_id)


def _identity(row: Obligation) -> dict[str, object]:
    names = ("clause", "part", "subject_type", "subject_id", "row_key")
    return {name: getattr(row, name) for name in names}
