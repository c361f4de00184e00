"""Rows that somebody says are wrong, and what was decided."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible
from pult.kernel.facts import acting, record
from pult.kernel.texts import LONGEST_TEXT, fitting
from pult.kernel.words import text_of
from pult.regulation.actions.identity import identity_of, refs_of_row, row_of
from pult.regulation.evaluate.reads import DEADLINE
from pult.regulation.models import Dispute
from pult.regulation.signing import SIGNERS, require_reason, require_role

if TYPE_CHECKING:
    from pult.people.models import User


def dispute(
    *,
    obligation_id: int,
    proof: str,
    by: "User",
    role: str = "",
    every_deadline: bool = True,
    at: datetime | None = None,
) -> Dispute:
    """Say that a row is wrong, with proof; until decided it counts against nobody.

    With it go all the deadlines of its trigger, unless `every_deadline` is false. A row that is
    over may be disputed too, met meanwhile or not: what is wrong is that it was asked so.
    """
    proof = text_of(proof)
    if not proof:
        raise BadInput(_("Say what shows it"), field="proof")
    fitting(proof, "proof")
    row = row_of(obligation_id)
    with acting(row.root_id):
        named = {name: value for name, value in identity_of(row).items() if name != "part"}
        same = Dispute.objects.filter(**named, decision="")
        if not every_deadline:
            same = same.filter(Q(part=row.part) | Q(every_deadline=True))
        if same.exists():
            raise Conflict(_("This row is disputed already"))
        opened = Dispute.objects.create(
            **identity_of(row),
            root_id=row.root_id,
            every_deadline=every_deadline,
            proof=proof,
            opened_by=by,
            opened_at=at or clock.now(),
        )
        _say_disputed(opened, "open", by, role, at)
    return opened


def decide_dispute(
    *,
    dispute_id: int,
    upheld: bool,
    answer: str,
    by: "User",
    role: str,
    at: datetime | None = None,
) -> Dispute:
    """Close a dispute: upheld, and the row never counts; rejected, and it counts again.

    Not by the person who opened it.
    """
    require_role(by, role, SIGNERS)
    answer = require_reason(answer, LONGEST_TEXT)
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
        found.answer, found.decided_by, found.decided_at = answer, by, at or clock.now()
        found.save(update_fields=["decision", "answer", "decided_by", "decided_at"])
        _say_disputed(found, found.decision, by, role, at)
    return found


def _say_disputed(row: Dispute, state: str, by: "User", role: str, at: datetime | None) -> None:
    one = {} if row.every_deadline else {DEADLINE: row.part + 1}
    record(
        "obligation.disputed",
        root_id=row.root_id,
        refs=refs_of_row(row) | one,
        by=by,
        role=role,
        at=at,
        key=row.clause,
        value=row.row_key,
        state=state,
        payload={"dispute": row.pk},
    )
