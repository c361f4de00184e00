"""Teams, the load of managers, and everything about people that has a page of its own."""

from datetime import timedelta
from typing import Any

from pult.clients.tests import factories as make
from pult.people.actions import (
    close_doors,
    decide_day,
    give_notice,
    name_deputy,
    note_lateness,
    set_shift,
    set_topic,
)
from pult.people.queries import business_day
from tests.access.table import STAFF, opens, posted, writes

HEADS = ("head", "director")
GIVERS = ("head", "director", "it")
NOTERS = ("head", "production_head", "production_director", "director")
OTHERS = tuple(who for who in STAFF if who not in NOTERS)
WEEK = {"start-0": "11:00", "end-0": "15:00"}
STRANGERS = tuple(who for who in STAFF if who not in GIVERS)
LENT = {"role": "head", "deputy": "egor", "since": "soon", "until": "soon"}
STAFFERS = ("head", "production_head", "director", "it")


def world(cast: Any) -> dict[str, Any]:
    """Анна holds a client; everything is hers."""
    make.make_client("Лесная мебель", am=cast.anna)
    today = business_day()
    week = {"since": today + timedelta(days=1), "until": today + timedelta(days=6)}
    lent = name_deputy(principal=cast.vera, deputy=cast.boris, role="head", by=None, **week)
    notice = give_notice(user=cast.anna, kind="late", by=cast.anna)
    late = note_lateness(user=cast.anna, minutes=25, by=cast.anna)
    words = {"about": "late", "decision": "talk", "reason": "silent"}
    decided = decide_day(user=cast.anna, by=cast.vera, **words)
    shift = set_shift(user=cast.anna, day=today, hours=None, by=cast.vera)
    shut = make.make_user("Нина Шубина", "am")
    close_doors(user=shut, by=cast.vera)
    topic = set_topic(by=cast.vera, name="Акты", role="accountant")
    return {
        "topic": topic.pk,
        "shift": shift.pk,
        "notice": notice.pk,
        "late": late.pk,
        "decided": decided.pk,
        "person": cast.anna.pk,
        "shut": shut.pk,
        "team": cast.team.pk,
        "vera": cast.vera.pk,
        "lent": lent.pk,
        "egor": cast.egor.pk,
        "soon": (today + timedelta(days=30)).isoformat(),
    }


ROWS = [
    opens("load", "", "am", "another_am", *HEADS),
    posted("load_limit", "", *HEADS),
    opens("person_load", "person", "am", *HEADS, another_am=404, writers=HEADS, refused=("am",)),
    posted("person_deputy", "vera", *GIVERS, rivals=STAFF, refused=STRANGERS, form=LENT),
    posted(
        "person_deputy_end",
        "vera lent",
        *GIVERS,
        "another_am",  # it is Борис who signs
        rivals=STAFF,
        refused=[who for who in STRANGERS if who != "another_am"],
    ),
    opens("person_hours", "person", *STAFF, writers=NOTERS, refused=OTHERS, form=WEEK),
    posted("person_shift", "person", *NOTERS),
    posted("person_shift_drop", "person shift", *NOTERS),
    posted("person_doors", "shut", *GIVERS),
    opens("directory", "", *STAFF),
    writes("topic_new", "", *NOTERS),
    writes("topic", "topic", *NOTERS),
    posted("topic_close", "topic", *NOTERS),
    opens("working_day", "", *STAFF),
    posted("day_close", "", "am", "another_am"),
    posted("day_comments_read", "", "am", "another_am"),
    posted("day_lateness", "", *STAFF),
    posted("day_lateness_back", "late", "am", *NOTERS, rivals=STAFF),
    posted("day_notice", "", *STAFF),
    posted("day_notice_back", "notice", "am", *NOTERS, rivals=STAFF),
    posted("day_decision", "", *NOTERS),
    posted("day_decision_back", "decided", *NOTERS),
    opens("day_people", "", *NOTERS),
    opens("own_tasks", "", "contractor"),
    opens("structure", "", *STAFF),
    posted("team_new", "", *STAFFERS),
    posted("team_name", "team", *STAFFERS),
    posted("team_close", "team", *STAFFERS),
]
