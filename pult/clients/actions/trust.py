"""Trust: the head lets a client start before it pays, up to a limit and until a day."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from pult.clients.access import client_for, require
from pult.clients.edits import check, morning
from pult.clients.models import Client, TrustedMark
from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record, void
from pult.kernel.models import Fact
from pult.kernel.words import line_of

if TYPE_CHECKING:
    from pult.people.models import User

ONE_DAY = timedelta(days=1)


def set_trusted(
    *,
    by: "User",
    client_id: int,
    reason_code: str,
    limit: int,
    until: date,
    note: str = "",
) -> TrustedMark:
    """Mark a client trusted up to `limit` kopecks, `until` being the last day of it.

    The head alone may. A new mark replaces the one in force.
    """
    role = require(by, "head", act=_("mark clients trusted"))
    client = client_for(by, client_id)
    today = clock.today(settings.TIME_ZONE)
    if until < today:
        raise BadInput(_("Trust must end in the future"), field="until")
    if limit <= 0:
        raise BadInput(_("Name the sum up to which the client is trusted"), field="limit")
    reason_code = line_of(reason_code)
    if not reason_code:
        raise BadInput(_("Say why the client is trusted"), field="reason_code")
    with acting(client.pk):
        _end_marks(client, by, today)
        payload = {"limit": limit, "reason_code": reason_code}
        _tell(client, by, role, state="yes", day=until, payload=payload)
        mark = TrustedMark(
            client=client,
            reason_code=reason_code,
            note=note,
            limit=limit,
            since=today,
            until=until,
            by=by,
            end_fact=_tell(client, by, role, state="no", at=morning(until + ONE_DAY)),
        )
        check(mark)
        mark.save(force_insert=True)
    return mark


def revoke_trusted(*, by: "User", client_id: int) -> None:
    """Take trust back before its last day; nothing happens when there is none."""
    role = require(by, "head", act=_("mark clients trusted"))
    client = client_for(by, client_id)
    with acting(client.pk):
        if _end_marks(client, by, clock.today(settings.TIME_ZONE)):
            _tell(client, by, role, state="no")


def _end_marks(client: Client, by: "User", today: date) -> bool:
    """End the mark in force; a mark that has run out already keeps the fact of its end."""
    mark = TrustedMark.objects.filter(client=client, ended_on=None).first()
    if mark is None:
        return False
    is_alive = mark.until >= today
    if is_alive:
        void(mark.end_fact, by=by, reason=_("Trust was changed before its last day"))
    TrustedMark.objects.filter(pk=mark.pk).update(ended_on=today, ended_by=by)
    return is_alive


def _tell(client: Client, by: "User", role: str, **fact: Any) -> Fact:
    refs = {"client": client.pk}
    return record("client.trusted", root_id=client.pk, refs=refs, by=by, role=role, **fact)
