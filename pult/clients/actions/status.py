"""A client's status: lead, client, paused, ended; from today, an earlier day or a day ahead."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import client_for, require
from pult.clients.actions.cards import CREATORS
from pult.clients.actions.sold import AT_WORK, refuse_sold
from pult.clients.edits import change, check, morning
from pult.clients.models import Client, StatusChange
from pult.kernel import clock
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record, void
from pult.kernel.words import line_of
from pult.people.queries import business_day
from pult.ui.formats import short_day

if TYPE_CHECKING:
    from pult.people.models import User


def set_status(
    *,
    by: "User",
    client_id: int,
    version: int,
    status: str,
    since: date | None = None,
    reason_code: str = "",
    note: str = "",
) -> Client:
    """Give a client a status from a day on (today by default); an end says why.

    A day ahead waits for its morning, and takes the place of another that waited. Raises BadInput
    for a day before the status in force began, Conflict when somebody else was first, Refusal for
    a sold lead: a handover makes it a client (2.5).
    """
    role = require(by, *CREATORS, act=_("change a client's status"))
    client = client_for(by, client_id)
    if status in AT_WORK:
        refuse_sold(client)
    return give_status(
        client,
        by,
        role,
        version=version,
        status=status,
        since=since,
        reason_code=reason_code,
        note=note,
    )


def give_status(
    client: Client,
    by: "User",
    role: str,
    *,
    version: int,
    status: str,
    since: date | None = None,
    reason_code: str = "",
    note: str = "",
) -> Client:
    """The same for whoever has checked that the person may: an accepted handover calls it too."""
    today = business_day()
    since = since or today
    reason_code = line_of(reason_code)
    _check_told(status, since, reason_code)
    with acting(client.pk):
        client.refresh_from_db(fields=["version", "status"])
        change(client, version, {}, by)
        _check_order(client, since)
        called_off = call_off(client, by, _("Another status was chosen"))
        if status == client.status:
            return _touched(client, called_off)
        row = StatusChange(
            client=client,
            status=status,
            since=since,
            reason_code=reason_code,
            note=note,
            by=by,
            at=clock.now(),
            waits=since > today,
        )
        row.fact = record(
            "client.status",
            root_id=client.pk,
            refs={"client": client.pk},
            by=by,
            role=role,
            at=_moment(client, since, today),
            state=status,
            payload={"reason_code": reason_code} if reason_code else {},
        )
        check(row)
        row.save(force_insert=True)
        if row.waits:
            return _touched(client, is_moved=True)
        change(client, version, {"status": status}, by)
    return client


def cancel_status(*, by: "User", client_id: int) -> None:
    """Call off a status that waits for its day; nothing happens when there is none."""
    require(by, *CREATORS, act=_("change a client's status"))
    client = client_for(by, client_id)
    with acting(client.pk):
        _touched(client, call_off(client, by, _("The change of status was called off")))


def apply_waiting(today: date) -> int:
    """Let statuses whose morning has come be in force; how many. Their facts said so long ago."""
    due = StatusChange.objects.filter(waits=True, since__lte=today).values_list("pk", "client")
    for pk, client_id in list(due):
        with acting(client_id):
            row = StatusChange.objects.select_related("client", "by").get(pk=pk)
            if not row.waits or row.client.merged_into_id:
                continue
            StatusChange.objects.filter(pk=pk).update(waits=False)
            change(row.client, row.client.version, {"status": row.status}, row.by)
    return len(due)


def _check_told(status: str, since: date, reason_code: str) -> None:
    check_day(since, "since")
    if status not in Client.Status.values:
        raise BadInput(_("There is no such status"), field="status")
    if status == Client.Status.ENDED and not reason_code:
        raise BadInput(_("Say why the work with the client ends"), field="reason_code")


def _check_order(client: Client, since: date) -> None:
    """What was in force stays as it was: a status may not begin before the one it follows."""
    floor = _in_force_since(client)
    if since < floor:
        raise BadInput(
            _("The status in force began on %(day)s") % {"day": short_day(floor)},
            field="since",
            cure=_("Choose that day or a later one"),
        )


def _in_force_since(client: Client) -> date:
    rows = client.status_changes.filter(waits=False, cancelled_at=None).order_by("-since")
    last = rows.values_list("since", flat=True).first()
    return last or business_day(client.created_at)


def _moment(client: Client, since: date, today: date) -> datetime:
    """Now for today; else the morning, yet not before the status it follows on the same day."""
    if since == today:
        return clock.now()
    last = client.status_changes.filter(waits=False, cancelled_at=None).order_by("-since").first()
    before = last.fact.valid_at if last else client.created_at
    return max(morning(since), before)


def call_off(client: Client, by: "User", reason: str) -> bool:
    """Take back a status that waits for its day; False when there is none."""
    row = client.status_changes.filter(waits=True).select_related("fact").first()
    if row is None:
        return False
    void(row.fact, by=by, reason=reason)
    row.waits, row.cancelled_at = False, clock.now()
    row.save(update_fields=["waits", "cancelled_at"])
    return True


def _touched(client: Client, is_moved: bool) -> Client:
    """Whoever edits the client now is told that its status was."""
    if is_moved:
        client.version += 1
        Client.objects.filter(pk=client.pk).update(version=client.version)
    return client
