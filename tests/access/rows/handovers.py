"""Handovers from sales and between managers, everything of one person, the first call.

Глеб hands «Ромашку» to Анна; Вера begins to hand «Лес» from Анна to Борис.
"""

from typing import Any

from pult.clients.actions import handover as acts
from pult.clients.actions.replacing import ask_replacement
from pult.clients.tests.factories import make_assignment, make_client
from tests.access.table import opens, posted

LEAD = ("head", "director")
TAKE_PART = ("am", "sales", *LEAD)
UNSEEN = {"another_am": 404}
CALL = ("am", *LEAD)
PRODUCTION = ("production_head", "production_director")


def world(cast: Any) -> dict[str, Any]:
    sold = make_client("Ромашка", status="lead")
    make_assignment(sold, cast.gleb, "sales")
    sale = acts.start_handover(by=cast.gleb, client_id=sold.pk, receiver=cast.anna)
    paper = acts.add_paper(
        by=cast.gleb, handover_id=sale.pk, kind="contract", name="c.pdf", content=b"%PDF-1"
    )
    forest = make_client("Лес", am=cast.anna)
    ask = ask_replacement(by=cast.anna, client_id=forest.pk, asked_by="Алла", reason="Не слышит")
    return {
        "ask": ask.pk,
        "sale": sale.pk,
        "paper": paper.pk,
        "act": "point",
        "call": "save",
        "noted": "note_access",
        "client": forest.pk,
        "person": cast.anna.pk,
    }


ROWS = [
    opens("handovers", "", "another_am", *TAKE_PART),
    opens("handover_new", "", "sales", *LEAD, writers=("sales", *LEAD)),
    opens("handover", "sale", *TAKE_PART, **UNSEEN),
    opens("handover_paper", "sale paper", *TAKE_PART, **UNSEEN),
    posted(
        "handover_act",
        "sale act",
        *TAKE_PART,
        rivals=("another_am",),
        form={"kind": "question", "text": "Кто решает?"},
    ),
    opens("client_manager", "client", "am", *LEAD, another_am=404, sales=404),
    posted("client_demands", "client", "am", *LEAD, rivals=("another_am",)),
    posted("client_replacement", "client", "am", *LEAD, rivals=("another_am", "sales")),
    posted("client_replacement_answer", "client ask", *LEAD),
    posted("person_strengths", "person", *LEAD),
    opens("handover_person", "person", *LEAD),
    posted("handover_person_act", "person noted", *LEAD, form={"name": "Почта", "level": "view"}),
    opens(
        "first_call",
        "client",
        *CALL,
        *PRODUCTION,
        "accountant",
        another_am=404,
        sales=404,
        executor=404,
    ),
    posted("first_call_act", "client call", *CALL, rivals=("another_am",), form={"goal": "Рост"}),
]
