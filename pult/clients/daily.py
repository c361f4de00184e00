"""Each midnight: statuses whose day has come begin, and every card is judged anew. Each morning:
who has nobody in charge."""

from pult.clients.actions.status import apply_waiting
from pult.clients.actions.vacancies import watch_vacancies
from pult.clients.scoring import rescore_all
from pult.kernel.jobs import every, job
from pult.kernel.models import Job
from pult.people.queries import business_day

TURNED = "clients.status_turned"
RESCORED = "clients.rescored"
VACANT = "clients.vacancies"


def register() -> None:
    """Tell the worker; called once by `pult.wiring`."""
    job(TURNED)(_turned)
    job(RESCORED)(_rescored)
    job(VACANT)(_vacant)
    every("00:02", TURNED)
    every("00:10", RESCORED)
    every("06:40", VACANT)


def _turned(running: Job) -> int:
    return apply_waiting(business_day())


def _rescored(running: Job) -> int:
    return rescore_all()


def _vacant(running: Job) -> int:
    return watch_vacancies()
