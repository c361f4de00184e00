"""What a client is found by: its name, people, sites, payers and their numbers."""

from pult.clients.models import Client
from pult.kernel.search import Document, index_documents


def index_client(client: Client) -> None:
    """Refresh the client's document in the search index, inside the current action."""
    index_documents([document(client)])


def document(client: Client) -> Document:
    """Everything a person may type to find this client; four queries."""
    words = list(client.brands.values_list("name", flat=True))
    words += client.sites.values_list("host", flat=True)
    for entity in client.entities.values_list("name", "inn", "ogrn"):
        words += entity
    for contact in client.contacts.values_list("name", "phone_key", "email"):
        words += contact
    text = " ".join(word for word in words if word)
    return Document("client", client.pk, client.pk, client.name, text)
