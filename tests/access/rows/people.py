"""Teams, the load of managers, and everything about people that has a page of its own."""

from typing import Any

from pult.clients.tests import factories as make
from tests.access.table import STAFF, opens, posted

HEADS = ("head", "director")
STAFFERS = ("head", "production_head", "director", "it")


def world(cast: Any) -> dict[str, Any]:
    """Анна holds a client; everything is hers."""
    make.make_client("Лесная мебель", am=cast.anna)
    return {"person": cast.anna.pk, "team": cast.team.pk}


ROWS = [
    opens("load", "", "am", "another_am", *HEADS),
    posted("load_limit", "", *HEADS),
    opens("person_load", "person", "am", *HEADS, another_am=404, writers=HEADS, refused=("am",)),
    opens("structure", "", *STAFF),
    posted("team_new", "", *STAFFERS),
    posted("team_name", "team", *STAFFERS),
    posted("team_close", "team", *STAFFERS),
]
