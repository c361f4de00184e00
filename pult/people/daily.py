"""Each midnight: roles that begin today or ended yesterday move clients between teams, and accounts
of those who left close. Late each evening: days nobody signed close by themselves."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from pult.kernel import clock
from pult.kernel.jobs import every, job
from pult.kernel.models import Job
from pult.kernel.roles import Role
from pult.people.actions import days_lapse
from pult.people.actions.people import close_accounts
from pult.people.models import Absence, RoleGrant, User
from pult.people.queries import Hours, business_day, on_day, who_is
from pult.regulation.holding import holders_moved

TURNED = "people.roles_turned"
MIDNIGHT = "00:01"
LAPSES = "people.days_lapse"
LATE = "23:40"


def register() -> None:
    """Tell the worker; called once by `pult.wiring`."""
    job(TURNED)(_turned)
    every(MIDNIGHT, TURNED)
    job(LAPSES)(_lapse)
    every(LATE, LAPSES)


def _turned(running: Job) -> int:
    return roles_turned() + close_accounts()


def roles_turned() -> int:
    """Mark the clients of everybody whose roles in a team changed with the date; how many."""
    today = business_day()
    turned = Q(grants__since=today) | Q(grants__until=today - timedelta(days=1))
    return holders_moved(User.objects.filter(turned, grants__team__isnull=False).distinct())


def _lapse(running: Job) -> int:
    """A run made up for after a stop closes the day it was planned for, never one begun since."""
    local = clock.now().astimezone(ZoneInfo(settings.TIME_ZONE))
    late = local.time() >= time.fromisoformat(LATE)
    return close_days(local.date() if late else local.date() - timedelta(days=1))


def close_days(today: date | None = None) -> int:
    """Close a day (today) for every manager who worked and has not closed it; how many."""
    today = today or business_day()
    managers = who_is(Role.AM, today)
    hours = Hours(managers, today, today)
    bound = RoleGrant.objects.filter(on_day(today), role=Role.CONTRACTOR)  # М3 binds staff alone
    free = set(bound.values_list("user", flat=True))
    away = free | set(Absence.objects.filter(on_day(today)).values_list("user", flat=True))
    working = [one for one in managers if one.pk not in away and hours.on(one, today)]
    return days_lapse(working, today)
