"""Rows put off and brought back, and those that help nobody."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.regulation.actions.identity import identity_of, refs_of_row, row_of
from pult.regulation.difference import IDENTITY
from pult.regulation.models import Obligation, Postponement
from pult.regulation.models.ledger import ALIVE, LIVE_STATES
from pult.regulation.parameters import number
from pult.regulation.signing import SIGNERS, require_words

if TYPE_CHECKING:
    from pult.people.models import User

LONGEST = 366
LONGEST_ALONE = ("postpone.longest", 30)


def postpone(
    *,
    obligation_id: int,
    until: date,
    reason: str,
    by: "User",
    role: str = "",
    at: datetime | None = None,
) -> Postponement:
    """Hide a live row from one's day until a date. Its deadline stays where it is.

    Further than {postpone.longest} a head alone puts it off, and nobody beyond a year. `at`: the
    moment the rows of one act share.
    """
    reason = require_words(reason)
    row = row_of(obligation_id)
    _require_near(until, role, row.clause)
    with acting(row.root_id):
        row = row_of(obligation_id)  # it may have been done meanwhile
        if row.state not in LIVE_STATES:
            raise Conflict(_("This is done already"))
        postponement, _created = Postponement.objects.update_or_create(
            **identity_of(row),
            defaults={
                "root_id": row.root_id,
                "until": until,
                "reason": reason,
                "by": by,
                "at": at or clock.now(),
            },
        )
        record(
            "obligation.postponed",
            root_id=row.root_id,
            refs=refs_of_row(row),
            by=by,
            role=role,
            at=at,
            key=row.clause,
            value=row.row_key,
            day=until,
        )
    return postponement


def bring_back(*, obligation_id: int, by: "User", at: datetime | None = None) -> None:
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
                at=at,
                key=row.clause,
                value=row.row_key,
            )


def resume(*, root_id: int, act: str, subjects: Collection[tuple[str, int]], by: "User") -> None:
    """What somebody put these rows off for has come: they are in the day again, to be finished.

    `subjects` are (type, id). Call inside the action that brought it.
    """
    hidden = Postponement.objects.filter(root_id=root_id, until__gt=clock.today(settings.TIME_ZONE))
    said = {tuple(getattr(one, name) for name in IDENTITY) for one in hidden}
    if not said:
        return
    for row in Obligation.objects.filter(ALIVE, root_id=root_id, act=act):
        if (row.subject_type, row.subject_id) in subjects and tuple(
            getattr(row, name) for name in IDENTITY
        ) in said:
            bring_back(obligation_id=row.pk, by=by)


def _require_near(until: date, role: str, clause: str) -> None:
    ahead = (until - clock.today(settings.TIME_ZONE)).days
    if not 0 < ahead <= LONGEST:
        wrong = _("Choose a later day") if ahead <= 0 else _("A row is put off by a year at most")
        raise BadInput(wrong, field="until")
    longest = number(*LONGEST_ALONE)
    if ahead > longest and role not in SIGNERS:
        raise Refusal(
            _("A row is put off by %(days)d days at most") % {"days": longest},
            clause=clause,
            who=str(Role.HEAD.label),
            cure=_("Choose a nearer day, or ask for an exception"),
        )


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
