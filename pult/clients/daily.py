"""What the worker does with clients: statuses begin each midnight, every card is judged anew, who
has nobody in charge is seen each morning, and a person with many texts is erased."""

from functools import partial

from pult.clients.actions.erasure import ERASE, erase_in_steps
from pult.clients.actions.status import apply_waiting
from pult.clients.actions.vacancies import watch_vacancies
from pult.clients.scoring import rescore_all
from pult.kernel.jobs import every, job, progress
from pult.kernel.models import Job
from pult.people.models import User
from pult.people.queries import business_day

TURNED = "clients.status_turned"
RESCORED = "clients.rescored"
VACANT = "clients.vacancies"


def register() -> None:
    """Tell the worker; called once by `pult.wiring`."""
    job(TURNED)(_turned)
    job(RESCORED)(_rescored)
    job(VACANT)(_vacant)
    job(ERASE)(_erased)
    every("00:02", TURNED)
    every("00:10", RESCORED)
    every("06:40", VACANT)


def _turned(running: Job) -> int:
    return apply_waiting(business_day())


def _rescored(running: Job) -> int:
    return rescore_all()


def _vacant(running: Job) -> int:
    return watch_vacancies()


def _erased(running: Job, *, contact_id: int, by_id: int, role: str) -> None:
    by = User.objects.get(pk=by_id)
    told = partial(progress, running)
    erase_in_steps(by=by, role=role, contact_id=contact_id, said=told)
