"""Trust: the head lets a client start before it pays, up to a limit and until a day."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from pult.clients.access import client_for, require
from pult.clients.edits import check
from pult.clients.models import Client, TrustedMark
from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record

if TYPE_CHECKING:
    from pult.people.models import User


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
    if not reason_code.strip():
        raise BadInput(_("Say why the client is trusted"), field="reason_code")
    with acting(client.pk):
        _end_marks(client, by, today)
        mark = TrustedMark(
            client=client,
            reason_code=reason_code,
            note=note,
            limit=limit,
            since=today,
            until=until,
            by=by,
        )
        check(mark)
        mark.save(force_insert=True)
        record(
            "client.trusted",
            root_id=client.pk,
            refs={"client": client.pk},
            by=by,
            role=role,
            state="yes",
            day=until,
            payload={"limit": limit, "reason_code": reason_code},
        )
    return mark


def revoke_trusted(*, by: "User", client_id: int) -> None:
    """Take trust back before its last day; nothing happens when there is none."""
    role = require(by, "head", act=_("mark clients trusted"))
    client = client_for(by, client_id)
    with acting(client.pk):
        if _end_marks(client, by, clock.today(settings.TIME_ZONE)):
            record(
                "client.trusted",
                root_id=client.pk,
                refs={"client": client.pk},
                by=by,
                role=role,
                state="no",
            )


def _end_marks(client: Client, by: "User", today: date) -> int:
    marks = TrustedMark.objects.filter(client=client, ended_on=None)
    return marks.update(ended_on=today, ended_by=by)
