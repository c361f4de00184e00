"""Exceptions: a clause that does not bind a subject for a while."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, Refusal
from pult.kernel.facts import acting, record
from pult.regulation.actions.identity import refs_of
from pult.regulation.evaluate.table import State
from pult.regulation.labels import card_of
from pult.regulation.models import Obligation, Waiver
from pult.regulation.models.ledger import ALIVE
from pult.regulation.signing import require_reason, require_role

if TYPE_CHECKING:
    from pult.people.models import User

WAIVERS_BY_DEFAULT = frozenset({"head", "director"})
LONGEST_WAIVER = 366


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


def waive(
    *,
    target: Target,
    until: date,
    reason: str,
    by: "User",
    role: str,
    at: datetime | None = None,
) -> Waiver:
    """Let a clause not bind a subject until a day (inclusive), by a role the card names.

    BadInput for a past or too distant day or a clause without a card; Refusal when one as long
    is in force: a longer one extends it. `at`: the moment the rows of one act share.
    """
    card = card_of(target.clause)
    if card is None:
        raise BadInput(_("There is no clause %(clause)s") % {"clause": target.clause})
    require_role(by, role, frozenset(card.waivers) or WAIVERS_BY_DEFAULT, target.clause)
    reason = require_reason(reason)
    ahead = (until - clock.today(settings.TIME_ZONE)).days
    if not 0 <= ahead <= LONGEST_WAIVER:
        raise BadInput(_("An exception ends within a year"), field="until")
    with acting(target.root_id):
        _require_live(target)
        _refuse_second(target, until)
        waiver = Waiver.objects.create(
            clause=target.clause,
            subject_type=target.subject_type,
            subject_id=target.subject_id,
            row_key=target.row_key,
            root_id=target.root_id,
            until=until,
            reason=reason,
            by=by,
            role=role,
            at=at or clock.now(),
        )
        _say_waived(target, "on", by, role, until, at)
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
    # A waived row may be waived for longer.
    live = ALIVE | Q(state=State.WAIVED)
    if rows.exists() and not rows.filter(live).exists():
        raise Conflict(
            _("This row is over: an exception would change nothing"),
            cure=_("If it is wrong, dispute it"),
        )


def _refuse_second(target: Target, until: date) -> None:
    """An exception as long as this one, for the row or for all rows of its subject, is enough."""
    known = Waiver.objects.filter(
        clause=target.clause,
        root_id=target.root_id,
        subject_type=target.subject_type,
        subject_id=target.subject_id,
        row_key__in={0, target.row_key},
        until__gte=until,
    )
    longest = known.order_by("-until").first()
    if longest is not None:
        raise Refusal(
            _("An exception until %(day)s is in force already")
            % {"day": date_format(longest.until, "j E Y")},
            cure=_("Choose a later day to extend it, or end it first"),
            clause=target.clause,
        )


def end_waiver(*, target: Target, by: "User", role: str) -> None:
    """Take an exception back: from now on the clause binds again."""
    card = card_of(target.clause)
    require_role(
        by, role, frozenset(card.waivers if card else ()) or WAIVERS_BY_DEFAULT, target.clause
    )
    today = clock.today(settings.TIME_ZONE)
    with acting(target.root_id):
        gone = Waiver.objects.filter(
            clause=target.clause,
            root_id=target.root_id,
            subject_type=target.subject_type,
            subject_id=target.subject_id,
            row_key=target.row_key,
            until__gte=today,
        ).update(until=today - timedelta(days=1))
        if gone:
            _say_waived(target, "off", by, role)


def _say_waived(
    target: Target,
    state: str,
    by: "User",
    role: str,
    until: date | None = None,
    at: datetime | None = None,
) -> None:
    record(
        "waiver.granted",
        root_id=target.root_id,
        refs=target.refs,
        by=by,
        role=role,
        at=at,
        key=target.clause,
        state=state,
        value=target.row_key,
        day=until,
        payload={"by_role": role},
    )
