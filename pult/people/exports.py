"""What a person carried out of Pult as files lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pult.kernel import clock
from pult.kernel.models import Fact

DAYS = 30
MOST = 100


@dataclass(frozen=True)
class Export:
    """A file somebody took: `what` is the code of a list."""

    what: str
    rows: int
    at: datetime


def exports_of(user_id: int, days: int = DAYS) -> list[Export]:
    """The files of the last days, the newest first; one query."""
    since = clock.now() - timedelta(days=days)
    facts = Fact.objects.filter(
        root_id=0, kind="export_made", actor=user_id, valid_at__gte=since
    ).order_by("-id")[:MOST]
    return [Export(fact.key, fact.value or 0, fact.valid_at) for fact in facts]
