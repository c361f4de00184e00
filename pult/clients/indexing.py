"""What a client is found by: its name, people, sites, payers and their numbers."""

from collections.abc import Sequence

from pult.clients.models import Brand, Client, Contact, LegalEntity, Site
from pult.kernel.search import Document, index_documents

# Table → the columns whose words lead to the client.
FOUND_BY = {
    Brand: ("name",),
    Site: ("host",),
    LegalEntity: ("name", "inn", "ogrn"),
    Contact: ("name", "phone_key", "email"),
}


def index_client(client: Client) -> None:
    """Refresh the client's document in the search index, inside the current action."""
    index_clients([client])


def index_clients(clients: Sequence[Client]) -> None:
    """The same for many clients: four queries and one write."""
    words: dict[int, list[str]] = {client.pk: [] for client in clients}
    for table, columns in FOUND_BY.items():
        rows = table._default_manager.filter(client__in=list(words))
        for client_id, *texts in rows.order_by("pk").values_list("client", *columns):
            words[client_id] += [text for text in texts if text]
    index_documents(
        Document("client", client.pk, client.pk, client.name, " ".join(words[client.pk]))
        for client in clients
    )
