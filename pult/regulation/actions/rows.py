"""Rows put off and brought back, and those that help nobody."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict
from pult.kernel.facts import acting, record
from pult.regulation.actions.identity import identity_of, refs_of_row, row_of
from pult.regulation.models import Postponement
from pult.regulation.models.ledger import LIVE_STATES
from pult.regulation.queries.acts import same_act
from pult.regulation.signing import require_reason

if TYPE_CHECKING:
    from pult.people.models import User


def postpone(
    *, obligation_id: int, until: date, reason: str, by: "User", role: str = ""
) -> Postponement:
    """Hide a live row from one's day until a date. Its deadline stays where it is."""
    require_reason(reason)
    if until <= clock.today(settings.TIME_ZONE):
        raise BadInput(_("Choose a later day"), field="until")
    row = row_of(obligation_id)
    with acting(row.root_id):
        if row.state not in LIVE_STATES:
            raise Conflict(_("This is done already"))
        postponement, _created = Postponement.objects.update_or_create(
            **identity_of(row),
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
            refs=refs_of_row(row),
            by=by,
            role=role,
            key=row.clause,
            value=row.row_key,
            day=until,
        )
    return postponement


def bring_back(*, obligation_id: int, by: "User") -> None:
    """Undo a postponement: the row is in one's day again at once."""
    row = row_of(obligation_id)
    with acting(row.root_id):
        gone, _by_table = Postponement.objects.filter(**identity_of(row)).delete()
        if gone:
            record(
                "obligation.brought_back",
                root_id=row.root_id,
                refs=refs_of_row(row),
                by=by,
                key=row.clause,
                value=row.row_key,
            )


def postpone_act(
    *, obligation_id: int, until: date, reason: str, by: "User", role: str = ""
) -> list[Postponement]:
    """Postpone a row and the live rows the same act discharges: they are one row of the day."""
    rows = same_act(obligation_id)
    with acting(rows[0].root_id):
        return [
            postpone(obligation_id=row.id, until=until, reason=reason, by=by, role=role)
            for row in rows
        ]


def bring_act_back(*, obligation_id: int, by: "User") -> None:
    """Undo `postpone_act`."""
    rows = same_act(obligation_id)
    with acting(rows[0].root_id):
        for row in rows:
            bring_back(obligation_id=row.id, by=by)


def mark_useless(*, obligation_id: int, by: "User", role: str = "") -> None:
    """Say that this question helped nobody: counted a clause, shown to whoever keeps the card."""
    row = row_of(obligation_id)
    record(
        "obligation.useless",
        root_id=row.root_id,
        refs=refs_of_row(row),
        by=by,
        role=role,
        key=row.clause,
        value=row.row_key,
        external_id=f"useless:{row.pk}:{by.pk}",
        source="pult",
    )
