"""Each midnight: roles that begin today or ended yesterday move clients between teams."""

from datetime import timedelta

from django.db.models import Q

from pult.kernel.jobs import every, job
from pult.kernel.models import Job
from pult.people.models import User
from pult.people.queries import business_day
from pult.regulation.holding import holders_moved

TURNED = "people.roles_turned"
MIDNIGHT = "00:01"


def register() -> None:
    """Tell the worker; called once by `pult.wiring`."""
    job(TURNED)(_turned)
    every(MIDNIGHT, TURNED)


def _turned(running: Job) -> int:
    return roles_turned()


def roles_turned() -> int:
    """Mark the clients of everybody whose roles in a team changed with the date; how many."""
    today = business_day()
    turned = Q(grants__since=today) | Q(grants__until=today - timedelta(days=1))
    return holders_moved(User.objects.filter(turned, grants__team__isnull=False).distinct())
