"""How often a gate said no."""

from datetime import timedelta

from pult.kernel import clock
from pult.regulation.evaluate.table import State
from pult.regulation.models import Transition

DAYS = 90


def times_refused(clause: str, days: int = DAYS) -> int:
    """How many acts a clause refused over the last days, by everybody, for every client."""
    since = clock.to_minute(clock.now() - timedelta(days=days))
    denied = Transition.objects.filter(
        clause=clause, to_state=State.DENIED.value, known_at__gte=since
    )
    return denied.count()
