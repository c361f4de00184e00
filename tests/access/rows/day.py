"""My day, the forms of its rows, contacts, disputes, escalations, before the break.

Анна's client; its top-up is asked of Дарья. A row asked of another role does not exist, except
for the heads, who see the whole department's.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pult.clients.tests.factories import make_assignment
from pult.kernel import clock
from pult.money.actions.top_ups import TOPPERS
from pult.money.models import Invoice
from pult.regulation.actions import dispute
from pult.regulation.models import Obligation
from pult.regulation.tests.world import tell
from pult.web.pages.my_day.tests.world import NOW, build
from tests.access.table import PEOPLE, opens

ALL = tuple(PEOPLE)
LOOK = ("am", "head", "director", "production_head")
ACT = ("am", "head", "director")
BLIND = {"another_am": 404, "sales": 404, "executor": 404, "accountant": 404}
SEES_CLIENT = ("am", "head", "executor", "production_head", "accountant", "director")


def world(cast: Any) -> dict[str, Any]:
    with clock.frozen(datetime.fromisoformat(NOW).replace(tzinfo=ZoneInfo("Europe/Moscow"))):
        told = build(cast)
        make_assignment(told.forest, cast.darya, "executor")
        day = date(2026, 4, 29)
        invoice = Invoice.objects.create(
            client=told.forest, number="7", year=2026, status="sent", issued_on=day, total=100_00
        )
        tell(
            "invoice.due",
            root=told.forest.pk,
            invoice=invoice.pk,
            key=str(invoice.pk),
            day="2026-05-08",
        )
        tell("line.money_waits", root=told.forest.pk, line=told.line.pk, state="waits")
        row = told.row("5.3")
        opened = dispute(obligation_id=row.pk, proof="Счёт ушёл", by=cast.anna, role="am")
    return {
        "client": told.forest.pk,
        "row": row.pk,
        "unpaid": Obligation.objects.filter(clause="1.13", root_id=told.forest.pk).first().pk,
        "topup": told.row("П.1").pk,
        "dispute": opened.pk,
        "interaction": 1,
        "csv": "csv",
    }


ROWS = [
    opens("my_day", "", *ALL),
    opens("obligation_why", "row", *LOOK, **BLIND),
    opens("postponement", "row", *ACT, **BLIND, production_head=409),
    opens("postponement_undo", "row", *ALL, status=405),
    opens("dispute", "row", *ACT, **BLIND, production_head=409),
    opens("uselessness", "row", *ALL, status=405),
    opens("waiver", "row", *LOOK, **BLIND),
    opens("obligation_reminder", "unpaid", *ACT, another_am=404, accountant=404),
    opens(
        "obligation_topup",
        "topup",
        "executor",
        "production_head",
        "head",
        "director",
        am=404,
        another_am=404,
        accountant=404,
    ),
    opens("top_up_removal", "interaction", *TOPPERS, "another_am", status=405),
    opens("client_contacts", "client", *SEES_CLIENT, another_am=404, sales=404),
    opens(
        "contact_taken_back",
        "client interaction",
        "am",
        "another_am",
        "sales",
        "head",
        "director",
        status=405,
    ),
    opens("client_obligations", "client", *SEES_CLIENT, another_am=404, sales=404),
    opens("client_obligations_file", "client csv", *SEES_CLIENT, another_am=404, sales=404),
    opens("disputes", "", "head", "director"),
    opens("dispute_decision", "dispute", "head", "director", status=405),
    opens("escalations", "", "head", "director", "production_head"),
    opens("before_break", "", "am", "another_am", "head", "director"),
    opens("duty", "", "head", "director", status=405),
]
