"""Moving in from another system: its pages are the leaders', a difference is whoever conducts the
client's."""

from datetime import date
from typing import Any

from pult.clients.tests import factories as make
from pult.integrations.migration.actions.sources import add_source
from pult.integrations.migration.models import (
    Batch,
    Difference,
    FormerNote,
    Item,
    TheirPerson,
    TheirStatus,
)
from pult.kernel import clock, files
from tests.access.table import opens, posted, writes

LEADERS = ("head", "director")
DECIDERS = ("am", *LEADERS)
READERS = {"another_am": 404, "sales": 404}


def world(cast: Any) -> dict[str, Any]:
    """A system with a key, a batch to be looked at, a difference of Анна's client."""
    client = make.make_client("Лесная мебель", am=cast.anna)
    source = add_source(
        by=cast.vera,
        system="amocrm",
        name="Старая CRM",
        address="https://agency.amocrm.example",
        secrets={"token": "секрет"},
        go_live=date(2026, 3, 16),
    )
    now = clock.now()
    TheirPerson.objects.create(source=source, external_id="1", name="Анна Берёзова")
    TheirStatus.objects.create(source=source, kind="deal", external_id="1", name="Новая")
    batch = Batch.objects.create(source=source, by=cast.vera, created_at=now, status="ready")
    common = {"source": source, "batch": batch, "seen_at": now}
    waiting = {"id": "11", "name": "Василёк"}
    Item.objects.create(kind="company", external_id="11", data=waiting, **common)
    late = Item.objects.create(
        kind="company", external_id="12", state="late", data={"id": "12", "name": "Ирис"}, **common
    )
    tied = {"table": "client", "row": client.pk, "client_id": client.pk, "state": "brought"}
    item = Item.objects.create(kind="company", external_id="10", **tied, **common)
    told = Difference.objects.create(
        item=item, client=client, field="name", theirs="Лес", ours=client.name, found_at=now
    )
    note = FormerNote.objects.create(
        client=client, source=source, file=files.store(b"%PDF-1.4"), file_name="бриф.pdf"
    )
    return {
        "source": source.pk,
        "batch": batch.pk,
        "late": late.pk,
        "difference": told.pk,
        "held": client.pk,
        "note": note.pk,
        "sha256": "0" * 64,
        "team": str(cast.team.pk),
    }


ROWS = [
    opens("migration", "", *LEADERS),
    writes("migration_new", "", *LEADERS),
    opens("migration_source", "source", *LEADERS),
    writes("migration_edit", "source", *LEADERS),
    posted("migration_read", "source", *LEADERS),
    posted("migration_follow", "source", *LEADERS, form={"on": "1"}),
    posted("migration_forget", "source", *LEADERS),
    posted("migration_cut_over", "source", *LEADERS, form={"team": "team", "day": "2099-01-01"}),
    writes("migration_people", "source", *LEADERS),
    writes("migration_statuses", "source", *LEADERS),
    posted("migration_drop", "source", *LEADERS),
    opens("migration_columns", "source sha256", *LEADERS, status=404),
    writes("migration_batch", "batch", *LEADERS),
    posted("migration_undo", "batch", *LEADERS),
    posted("migration_late", "late", *LEADERS, form={"wanted": "1"}),
    opens("differences", "", *DECIDERS, "another_am"),
    posted(
        "difference_answer",
        "difference",
        *DECIDERS,
        rivals=["another_am"],
        form={"decision": "ours"},
    ),
    opens("client_before", "held", *DECIDERS, **READERS),
    opens("client_before_file", "held note", *DECIDERS, **READERS),
]
