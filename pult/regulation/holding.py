"""Who holds a client decides its team, and a team may have values and modes of its own."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from pult.kernel import clock
from pult.regulation import registry
from pult.regulation.ledger import mark
from pult.regulation.providers import providers

if TYPE_CHECKING:
    from pult.people.models import User

HOLDER = "am"


def holders_moved(people: Collection["User"]) -> int:
    """Mark every row of the clients these people hold: their team is another from now on. Returns
    how many clients; none while no team has a value or a mode of its own."""
    if not registry.current().has_teams or not people:
        return 0
    moved = {person.pk for person in people}
    held = providers().holders(HOLDER, clock.to_minute(clock.now()), None)
    roots = [root for root, user in held.items() if user in moved]
    mark([(root, "") for root in roots], "team")
    return len(roots)
