"""By which words clients are found, told to whoever asks why."""

from collections.abc import Collection

from django.db.models import F, Value
from django.db.models.functions import Concat

from pult.clients.models import Brand, Contact, LegalEntity, Site

NAMED = (Contact, "name"), (LegalEntity, "name"), (Brand, "name"), (Site, "host")
NUMBERED = (
    (Contact, "phone_key"),
    (Contact, "email"),
    (LegalEntity, "inn"),
    (LegalEntity, "ogrn"),
)


def found_by(client_ids: Collection[int]) -> list[tuple[int, str, str]]:
    """(client, what is looked through, how to say it): a number is said with whose it is. What
    search looks through besides the client's name. One query."""
    parts = []
    for table, column in (*NAMED, *NUMBERED):
        text = F(column)
        said = text if (table, column) in NAMED else Concat("name", Value(" · "), text)
        rows = table._default_manager.filter(client__in=client_ids).exclude(**{column: ""})
        told = rows.order_by().annotate(part_text=text, part_said=said)
        parts.append(told.values_list("client_id", "part_text", "part_said"))
    return list(parts[0].union(*parts[1:]))
