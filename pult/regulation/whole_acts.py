"""What people do to an act: all its rows at once, for they are one row of the day.

Each row keeps a fact of its own; those of one act share their moment, and the history tells them
in one line.
"""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible
from pult.kernel.facts import acting
from pult.regulation.actions import (
    Target,
    bring_back,
    decide_dispute,
    dispute,
    postpone,
    waive,
)
from pult.regulation.models import Dispute, Obligation, Postponement, Waiver
from pult.regulation.queries.acts import same_act

if TYPE_CHECKING:
    from pult.people.models import User


def postpone_act(
    *, obligation_id: int, until: date, reason: str, by: "User", role: str = ""
) -> list[Postponement]:
    """Postpone a row and the live rows the same act discharges."""
    rows = same_act(obligation_id)
    with acting(rows[0].root_id):
        moment = clock.now()
        return [
            postpone(obligation_id=row.id, until=until, reason=reason, by=by, role=role, at=moment)
            for row in rows
        ]


def bring_act_back(*, obligation_id: int, by: "User") -> None:
    """Undo `postpone_act`."""
    rows = same_act(obligation_id)
    with acting(rows[0].root_id):
        moment = clock.now()
        for row in rows:
            bring_back(obligation_id=row.id, by=by, at=moment)


def dispute_rows(
    *,
    obligation_ids: Collection[int],
    proof: str,
    by: "User",
    role: str = "",
    every_deadline: bool = True,
) -> list[Dispute]:
    """Dispute several rows of a client with one proof; those disputed already stay as they are.

    Conflict when all of them are, BadInput for none at all.
    """
    if not obligation_ids:
        raise BadInput(_("Choose at least one row"))
    opened: list[Dispute] = []
    root = Obligation.objects.filter(pk__in=obligation_ids).values_list("root_id", flat=True)
    with acting(root[0] if root else 0):
        moment = clock.now()
        for pk in obligation_ids:
            try:
                opened.append(
                    dispute(
                        obligation_id=pk,
                        proof=proof,
                        by=by,
                        role=role,
                        every_deadline=every_deadline,
                        at=moment,
                    )
                )
            except Conflict as refused:
                already = refused
        if not opened:
            raise already
    return opened


def decide_disputes(
    *, dispute_id: int, upheld: bool, answer: str, by: "User", role: str
) -> list[Dispute]:
    """Decide a dispute and those opened with it: one proof, one answer."""
    first = Dispute.objects.filter(pk=dispute_id).first()
    if first is None:
        raise NotVisible("")
    with acting(first.root_id):
        together = Dispute.objects.filter(
            root_id=first.root_id,
            opened_by=first.opened_by_id,
            opened_at=first.opened_at,
            proof=first.proof,
            decision=first.decision,
            every_deadline=True,
        )
        found = [pk for pk in together.values_list("pk", flat=True) if first.every_deadline]
        moment = clock.now()
        return [
            decide_dispute(dispute_id=pk, upheld=upheld, answer=answer, by=by, role=role, at=moment)
            for pk in sorted({first.pk, *found})
        ]


def waive_rows(
    *, targets: Collection[tuple[Target, str]], until: date, reason: str, by: "User"
) -> list[Waiver]:
    """Make one exception from several clauses of a client: all of it or nothing. Each target comes
    with the role in which the person lets it be. BadInput for none at all."""
    if not targets:
        raise BadInput(_("Choose at least one row"))
    with acting(next(iter(targets))[0].root_id):
        moment = clock.now()
        return [
            waive(target=target, until=until, reason=reason, by=by, role=role, at=moment)
            for target, role in targets
        ]
