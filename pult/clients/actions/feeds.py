"""Which campaigns of which ad accounts feed a service line."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pult.clients.access import line_for, lines_of, require
from pult.clients.actions.lines import FEEDERS
from pult.clients.models import LineFeed, ServiceLine
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record

if TYPE_CHECKING:
    from pult.people.models import User


def link_feed(
    *, by: "User", line_id: int, source: str, login: str = "", campaign_id: str = ""
) -> LineFeed:
    """Say that a campaign (or a whole login) of a source feeds this line; one line only.

    Raises BadInput for what feeds another line already, by whichever of its names. Lines of one
    client may share a login: there a campaign goes before its login.
    """
    role = require(by, *FEEDERS, act=_("link campaigns"))
    line = line_for(by, line_id)
    # Two clients claim the same by different rows: the agency's lock lets one be first.
    with acting(line.client_id, 0):
        if _other_names(line, source, login, campaign_id).exists():
            raise BadInput(
                _("This campaign feeds this line already, under its other name"),
                field="campaign_id",
                cure=_("Import its report again: the days it holds will be replaced"),
            )
        taken = _overlapping(line, source, login, campaign_id)
        if other := taken.select_related("line__client").first():
            raise BadInput(
                _("This campaign already feeds another line"),
                field="campaign_id",
                cure=_whose(other.line, by, line.client_id),
            )
        feed, made = LineFeed.objects.get_or_create(
            line=line, source=source, login=login, campaign_id=campaign_id
        )
        if made:
            _tell_edited(line, by, role)
    return feed


def _overlapping(
    line: ServiceLine, source: str, login: str, campaign_id: str
) -> QuerySet[LineFeed]:
    """Feeds of other lines that would count the same spend; without a login a campaign is that of
    any login, without a campaign a login is all of it. Lines of one client may divide a login,
    never a numbered campaign."""
    feeds = LineFeed.objects.filter(source=source).exclude(line=line)
    same = Q(login=login, campaign_id=campaign_id)
    if campaign_id:
        logins = Q(login__in=["", login]) if login else Q()
        inside = Q(campaign_id=campaign_id) & logins
        if login:
            inside |= Q(login=login, campaign_id="")
    else:
        inside = Q(login=login)
    same |= _same_number(login, campaign_id)
    return feeds.filter(same | (inside & ~Q(line__client=line.client_id)))


def _other_names(
    line: ServiceLine, source: str, login: str, campaign_id: str
) -> QuerySet[LineFeed]:
    """Feeds of this very line that are the same campaign with a login, or without one."""
    if line.feeds.filter(source=source, login=login, campaign_id=campaign_id).exists():
        return LineFeed.objects.none()
    return line.feeds.filter(_same_number(login, campaign_id), source=source)


def _same_number(login: str, campaign_id: str) -> Q:
    """A platform gives a number once, whatever the login; a name may stand in many of them."""
    if not campaign_id.isdecimal():
        return Q(pk=None)
    return Q(campaign_id=campaign_id) & (Q(login="") if login else ~Q(login=""))


def _whose(line: ServiceLine, by: "User", client_id: int) -> str:
    if line.client_id == client_id:
        return line.name
    if lines_of(by).filter(pk=line.pk).exists():
        return f"{line.client.name}: {line.name}"
    return _("It is another client's line: ask the head")


def unlink_feed(*, by: "User", line_id: int, feed_id: int) -> None:
    """The campaign no longer feeds the line; its past figures stay where they are."""
    role = require(by, *FEEDERS, act=_("link campaigns"))
    line = line_for(by, line_id)
    with acting(line.client_id):
        gone, _tables = line.feeds.filter(pk=feed_id).delete()
        if gone:
            _tell_edited(line, by, role)


def _tell_edited(line: ServiceLine, by: "User", role: str) -> None:
    record(
        "line.edited",
        root_id=line.client_id,
        refs={"client": line.client_id, "line": line.pk},
        by=by,
        role=role,
        payload={"fields": ["feeds"]},
    )
