"""The regulation, its numbers and modes, the calendar, people, health, search, one's profile."""

from datetime import date
from typing import Any

from pult.clients.tests import factories as make
from pult.kernel.facts import acting
from pult.people.actions import set_absence
from pult.people.queries import business_day, grants_of
from pult.regulation import editions, registry
from pult.regulation.actions import Target, waive
from pult.regulation.models import CardEdition
from pult.regulation.parameters import sign_parameter
from tests.access.table import PEOPLE, Row, opens

ALL = tuple(PEOPLE)
SIGNERS = ("head", "director")
STAFFERS = ("head", "production_head", "director")


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
        absence = set_absence(
            user=cast.anna, category="leave", since=ahead, until=None, by=cast.vera
        )
    return {
        "clause": "5.3",
        "running": "9.1",
        "name": "invoice.lead",
        "value": value.pk,
        "edition": CardEdition.objects.get(clause="5.3").pk,
        "waiver": waiver.pk,
        "year": 2026,
        "day": "2026-12-31",
        "person": cast.anna.pk,
        "grant": grants_of(cast.anna)[0].pk,
        "absence": absence.pk,
    }


def posted(name: str, args: str, *who: str) -> Row:
    return opens(name, args, *who, status=405)


ROWS = [
    opens("regulation", "", *ALL),
    opens("clause", "clause", *ALL),
    posted("edition_signature", "clause edition", *SIGNERS),
    opens("parameter", "clause name", *SIGNERS),
    posted("parameter_withdrawal", "clause name value", *SIGNERS),
    opens("modes", "", *SIGNERS),
    opens("mode", "running", *SIGNERS),
    opens("go_live", "", *SIGNERS),
    opens("waivers", "", *ALL),
    posted("waiver_end", "waiver", *SIGNERS),
    opens("calendar", "", *ALL),
    opens("calendar_year", "year", *ALL),
    opens("calendar_day", "day", *SIGNERS),
    opens("calendar_hours", "", *SIGNERS),
    opens("people", "", *ALL),
    opens("person", "person", *ALL),
    opens("person_new", "", *STAFFERS),
    opens("duties", "", *ALL),
    posted("person_invitation", "person", *STAFFERS),
    posted("person_role", "person", *STAFFERS),
    posted("person_role_end", "person grant", *STAFFERS),
    posted("person_absence", "person", *ALL),
    posted("person_absence_end", "person absence", *ALL),
    posted("person_departure", "person", *STAFFERS),
    opens("health", "", *SIGNERS),
    opens("search", "", *ALL),
    opens("profile", "", *ALL),
    posted("profile_absence", "", *ALL),
]
