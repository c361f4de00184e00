"""My day, the forms of its rows, contacts, disputes, escalations, before the break.

Анна's client; its top-up is asked of Дарья. A row asked of another role does not exist, except
for the heads, who see the whole department's.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pult.clients.tests.factories import make_assignment
from pult.comms.actions import log_contact
from pult.kernel import clock
from pult.money.models import Invoice, TopUp
from pult.regulation.actions import dispute
from pult.regulation.models import Obligation
from pult.regulation.tests.world import tell
from pult.web.pages.my_day.tests.world import NOW, build
from tests.access.table import STAFF, opens, posted, writes

ACT = ("am", "head", "director")
HEADS = ("head", "director")
PRODUCTION = ("production_head", "production_director")
LOOK = (*ACT, *PRODUCTION)
BLIND = {"another_am": 404, "sales": 404, "executor": 404, "accountant": 404, "it": 404}
SEES_CLIENT = (*LOOK, "executor", "accountant")
ELSEWHERE = ("executor", "accountant", *PRODUCTION)  # the entry is a colleague's
UNSEEN = {"another_am": 404, "sales": 404, "it": 404}
ASIDE = {**BLIND, **dict.fromkeys(PRODUCTION, 409)}
CONTACT = {"channel": "call", "outcome": "two_way"}
WAIVER = {"until": "2026-05-08", "reason": "Клиент в отпуске"}


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
        logged = TopUp.objects.create(
            line=told.line, on=day, amount=100, made_by=cast.darya, made_at=clock.now()
        )
        row = told.row("5.3")
        entry = log_contact(
            by=cast.anna, client_id=told.forest.pk, channel="call", outcome="two_way"
        )
        opened = dispute(obligation_id=row.pk, proof="Счёт ушёл", by=cast.anna, role="am")
    return {
        "client": told.forest.pk,
        "row": row.pk,
        "unpaid": Obligation.objects.filter(clause="1.13", root_id=told.forest.pk).first().pk,
        "topup": told.row("П.1").pk,
        "dispute": opened.pk,
        "interaction": entry.pk,
        "logged": logged.pk,
        "csv": "csv",
    }


ROWS = [
    opens("my_day", "", *STAFF, contractor=302),
    opens("obligation_why", "row", *LOOK, **BLIND),
    writes("postponement", "row", *ACT, refused=PRODUCTION, **ASIDE),
    posted("postponement_undo", "row", *ACT, rivals=STAFF, refused=PRODUCTION),
    writes("dispute", "row", *ACT, refused=PRODUCTION, **ASIDE),
    posted("uselessness", "row", *ACT, rivals=STAFF, refused=PRODUCTION),
    opens("waiver", "row", *LOOK, **BLIND, writers=HEADS, refused=("am", *PRODUCTION), form=WAIVER),
    writes("obligation_reminder", "unpaid", *ACT, another_am=404, accountant=404),
    writes(
        "obligation_topup",
        "topup",
        "executor",
        *PRODUCTION,
        "head",
        "director",
        am=404,
        another_am=404,
        accountant=404,
    ),
    posted(
        "top_up_removal",
        "logged",
        "executor",
        "accountant",
        *HEADS,
        rivals=("am", "another_am", *PRODUCTION),
        refused=("am", *PRODUCTION),
    ),
    opens(
        "client_contacts",
        "client",
        *SEES_CLIENT,
        **UNSEEN,
        writers=SEES_CLIENT,
        form=CONTACT,
    ),
    writes(
        "contact_correction",
        "client interaction",
        *ACT,
        another_am=404,
        sales=404,
        **dict.fromkeys(ELSEWHERE, 409),
        refused=ELSEWHERE,
    ),
    posted(
        "contact_taken_back",
        "client interaction",
        *ACT,
        rivals=("another_am", "sales", *ELSEWHERE),
        refused=ELSEWHERE,
    ),
    posted(
        "contact_note_erasure",
        "client interaction",
        *ACT,
        rivals=("another_am", "sales", *ELSEWHERE),
        refused=ELSEWHERE,
    ),
    posted("client_contacts_seen", "client", *ACT, rivals=("another_am",)),
    opens("new_contacts", "", *STAFF),
    posted("client_wait_end", "client", *ACT, rivals=("another_am", "sales")),
    opens("client_obligations", "client", *SEES_CLIENT, **UNSEEN),
    opens("client_obligations_file", "client csv", *SEES_CLIENT, **UNSEEN),
    opens("disputes", "", *STAFF),
    posted("dispute_decision", "dispute", *HEADS),
    opens("escalations", "", *HEADS, *PRODUCTION),
    opens("before_break", "", "am", "another_am", *HEADS),
    posted("duty", "", *HEADS),
]
