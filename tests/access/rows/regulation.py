"""The regulation, its numbers and modes, the calendar, people, health, search, one's profile."""

from datetime import date, timedelta
from typing import Any

from pult.clients.tests import factories as make
from pult.kernel.facts import acting
from pult.people.actions import set_absence
from pult.people.queries import business_day, grants_of
from pult.regulation import editions, registry
from pult.regulation.actions import Target, waive
from pult.regulation.models import CardEdition
from pult.regulation.parameters import sign_parameter
from tests.access.table import PEOPLE, STAFF, opens, posted, writes

SIGNERS = ("head", "director")
STAFFERS = ("head", "production_head", "director", "it")
PLANNERS = ("head", "production_head", "production_director", "director")
OTHERS = tuple(who for who in STAFF if who not in PLANNERS)
NOTERS = ("am", *PLANNERS)  # the absence is Анна's own
STRANGERS = tuple(who for who in OTHERS if who != "am")
DUTY, BACK = {"user": "person", "day": "day"}, {"until": "day"}
AWAY = {"category": "leave", "since": "today", "until": "today"}


def world(cast: Any) -> dict[str, Any]:
    """The shipped pack, signed; a number to come, an exception, an absence."""
    registry.forget()
    editions.sync()
    row = make.make_client("Лесная мебель", am=cast.anna)
    sign = {"by": cast.vera, "role": "head", "reason": "Проверяем"}
    ahead = date(2060, 1, 12)
    with acting(0):
        value = sign_parameter(name="invoice.lead", value=9, effective_from=ahead, **sign)
        waiver = waive(target=Target("9.1", row.pk, "client", row.pk), until=business_day(), **sign)
        soon = business_day() + timedelta(days=7)
        absence = set_absence(
            user=cast.anna, category="leave", since=soon, until=None, by=cast.vera
        )
    return {
        "csv": "csv",
        "clause": "5.3",
        "running": "9.1",
        "name": "invoice.lead",
        "value": value.pk,
        "edition": CardEdition.objects.get(clause="5.3").pk,
        "waiver": waiver.pk,
        "year": 2026,
        "day": "2026-12-31",
        "today": business_day().isoformat(),
        "person": cast.anna.pk,
        "grant": grants_of(cast.anna)[0].pk,
        "absence": absence.pk,
    }


ROWS = [
    opens("regulation", "", *STAFF),
    opens("clause", "clause", *STAFF),
    posted("edition_signature", "clause edition", *SIGNERS),
    writes("parameter", "clause name", *SIGNERS),
    posted("parameter_withdrawal", "clause name value", *SIGNERS),
    opens("modes", "", *SIGNERS),
    writes("mode", "running", *SIGNERS),
    writes("go_live", "", *SIGNERS),
    opens("waivers", "", *STAFF),
    posted("waiver_end", "waiver", "head", rivals=("director",), refused=("director",)),
    opens("calendar", "", *STAFF),
    opens("calendar_year", "year", *STAFF),
    writes("calendar_day", "day", *SIGNERS),
    writes("calendar_hours", "", *SIGNERS),
    opens("people", "", *STAFF),
    opens("people_table", "csv", *STAFF),
    opens("person", "person", *STAFF),
    writes("person_new", "", *STAFFERS),
    opens(
        "duties",
        "",
        *STAFF,
        writers=PLANNERS,
        refused=OTHERS,
        form=DUTY,
    ),
    posted("person_invitation", "person", *STAFFERS),
    posted("person_role", "person", *STAFFERS),
    posted("person_role_end", "person grant", *STAFFERS),
    posted("person_absence", "person", *NOTERS, rivals=STRANGERS, refused=STRANGERS, form=AWAY),
    posted(
        "person_absence_end",
        "person absence",
        *NOTERS,
        rivals=STRANGERS,
        refused=STRANGERS,
        form=BACK,
    ),
    posted("person_department", "person", *STAFFERS),
    posted("person_departure", "person", *STAFFERS),
    opens("health", "", *SIGNERS, "it"),
    opens("search", "", *STAFF),
    writes("profile", "", *PEOPLE),
    posted("profile_absence", "", *PEOPLE),
]
