"""A person of a client is erased: what came from a former system names them no more either."""

from pult.clients.texts import Texts, through
from pult.integrations.migration.models import Difference, FormerNote, Item

OF_CLIENT = through("client")
TEXTS = (
    Texts("migration.FormerNote", ("author", "text", "file_name"), OF_CLIENT),
    Texts("migration.FormerDeal", ("title",), OF_CLIENT),
    Texts("migration.Difference", ("theirs", "ours"), OF_CLIENT),
)


def forget_person(contact_id: int) -> None:
    """Nothing of an erased person stays in the records of theirs, and no reading brings them
    back."""
    items = Item.objects.filter(table="contact", row=contact_id)
    Difference.objects.filter(item__in=items).delete()
    FormerNote.objects.filter(contact=contact_id).delete()
    items.update(state=Item.State.LEFT, why="erased", data={}, marks={})
