"""What the agency knows: everybody of staff reads, heads and whoever keeps an entry write."""

from datetime import timedelta
from typing import Any

from pult.clients.tests.factories import make_client
from pult.knowledge.actions import add_entry, concern_client
from pult.people.queries import business_day
from tests.access.table import STAFF, opens, posted, writes

HEADS = ("head", "production_head", "production_director", "director")
KEEPING = ("am", *HEADS)  # Анна keeps the entry
OTHERS = tuple(who for who in STAFF if who not in KEEPING)
SEE = ("am", "head", "director", "accountant", "production_head", "production_director")
UNSEEN = {"another_am": 404, "sales": 404, "executor": 404, "it": 404}


def world(cast: Any) -> dict[str, Any]:
    client = make_client("Лесная мебель", am=cast.anna)
    soon = business_day() + timedelta(days=90)
    said = {"text": "# Сезон\n\nВесной спрос **вдвое** выше.", "check_by": soon}
    entry = add_entry(by=cast.vera, subject="industry", title="Мебель", keeper=cast.anna, **said)
    concern_client(by=cast.anna, client_id=client.pk, entry_id=entry.pk)
    return {
        "entry": entry.pk,
        "client": client.pk,
        "csv": "csv",
        "context": "context",
        "soon": soon.isoformat(),
    }


ROWS = [
    opens("knowledge", "", *STAFF),
    opens("knowledge_table", "csv", *STAFF),
    opens("knowledge_care", "", *STAFF),
    opens("knowledge_service", "context", *STAFF),
    writes("entry_new", "", *HEADS),
    opens("entry", "entry", *STAFF),
    opens(
        "entry_edit",
        "entry",
        *KEEPING,
        **dict.fromkeys(OTHERS, 409),
        writers=KEEPING,
        refused=OTHERS,
    ),
    posted(
        "entry_confirm",
        "entry",
        *KEEPING,
        rivals=OTHERS,
        refused=OTHERS,
        form={"check_by": "soon", "version": "1"},
    ),
    posted("entry_shelf", "entry", *HEADS),
    opens(
        "client_knowledge",
        "client",
        *SEE,
        **UNSEEN,
        writers=("am", "head", "director"),
        refused=("accountant", "production_head", "production_director"),
        form={"entry": "entry", "on": "yes"},
    ),
]
