"""What is left of a person's day: each domain tells its own, connected in `pult.wiring`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from pult.people.models import User


@dataclass(frozen=True)
class Left:
    """One thing to do or to carry over: a row of the ledger, a task, comments of a task.

    `source` and `id` name it among all of them. What is left burns; `is_today`: it is merely due
    today, neither overdue nor urgent, which is what М3.5 asks about and not 13.5. `act` is what a
    row of the ledger asks for, `about` whom or what. `unread` is how many comments wait to be
    read: those are read and never carried over."""

    source: str
    id: int
    title: str
    client_id: int
    client: str
    due: datetime | None
    is_today: bool
    href: tuple[str, int] = ("", 0)
    act: str = ""
    about: str = ""
    unread: int = 0

    @property
    def key(self) -> str:
        """How a form calls it."""
        return f"{self.source}-{self.id}"


def burns_until(following: date) -> datetime:
    """The end of the next working day. What is urgent or due before it burns, and so does what is
    overdue (13.4): the lists, the day and its close ask here."""
    midnight = datetime.combine(following + timedelta(days=1), time.min)
    return midnight.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


Source = Callable[[User, date, date], Iterable[Left]]
_sources: dict[str, Source] = {}


def connect_left(name: str, source: Source) -> None:
    """`source(person, today, next working day)` tells what is left; a second one of a name
    replaces the first."""
    _sources[name] = source


def left_for(user: User, today: date, following: date) -> list[Left]:
    """Everything that is left, the overdue first."""
    found = [one for source in _sources.values() for one in source(user, today, following)]
    return sorted(found, key=lambda one: (one.due is None, one.due, one.source, one.id))


def to_carry(left: Iterable[Left]) -> list[Left]:
    """What is done or carried over with a reason."""
    return [one for one in left if not one.unread]


def to_read(left: Iterable[Left]) -> list[Left]:
    """What is read before the day is signed."""
    return [one for one in left if one.unread]
