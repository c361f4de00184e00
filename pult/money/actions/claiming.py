"""Spend that came in before its line did finds it; a line that goes leaves its spend to nobody."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.models import LineFeed, ServiceLine
from pult.clients.queries.payers import feed_index
from pult.kernel.facts import acting
from pult.money.actions.asking import ask_forecast
from pult.money.actions.spend import FEEDERS, fed_by, move_campaign
from pult.money.models import LineForecast, SpendDay

if TYPE_CHECKING:
    from pult.people.models import User


def claim_spend(*, by: "User", line_ids: Collection[int]) -> int:
    """Campaigns of nobody that feed one of these lines go there; returns the days that moved.

    A campaign another line has days of is left to people. Repeated, it changes nothing.
    """
    role = require(by, *FEEDERS, act=_("tie campaigns to lines"))
    clients = dict(ServiceLine.objects.filter(pk__in=line_ids).values_list("pk", "client"))
    feeds = LineFeed.objects.filter(line__in=clients).order_by("source")
    days, moved = 0, set()
    for source in feeds.values_list("source", flat=True).distinct():
        waiting = SpendDay.objects.filter(source=source, line=None).order_by("campaign")
        index = feed_index(source)
        for key in waiting.values_list("campaign", flat=True).distinct():
            line = fed_by(key, index)
            if line not in clients:
                continue
            with acting(0, clients[line]):
                if _is_free(source, key) and fed_by(key, feed_index(source)) == line:
                    days += move_campaign(source, key, line, clients[line], by, role).days
                    moved.add(line)
    ask_forecast(moved)
    return days


def release_spend(line_ids: Collection[int]) -> None:
    """What Pult itself put on these lines is gone: spend is nobody's again, forecasts are no more.

    Call inside an action that holds the clients and the agency.
    """
    SpendDay.objects.filter(line__in=line_ids).update(line=None)
    LineForecast.objects.filter(line__in=line_ids).delete()


def _is_free(source: str, campaign: str) -> bool:
    days = SpendDay.objects.filter(source=source, campaign=campaign)
    return days.exists() and not days.exclude(line=None).exists()
