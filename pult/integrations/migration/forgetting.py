"""A person of a client is erased: what came from a former system names them no more either."""

from collections.abc import Callable
from typing import Any

from pult.integrations.migration.models import Difference, FormerDeal, FormerNote, Item

Hide = Callable[[str], str]
TEXTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (FormerNote, ("author", "text", "file_name")),
    (FormerDeal, ("title",)),
    (Difference, ("theirs", "ours")),
)


def hide_in_former(client_id: int, hide: Hide) -> None:
    """Rewrite what stands with the client, and what of theirs still waits."""
    for model, columns in TEXTS:
        changed = []
        for row in model._default_manager.filter(client=client_id).iterator():
            after = {name: hide(getattr(row, name)) for name in columns}
            if any(getattr(row, name) != text for name, text in after.items()):
                for name, text in after.items():
                    setattr(row, name, text)
                changed.append(row)
        model._default_manager.bulk_update(changed, list(columns), batch_size=200)


def forget_person(contact_id: int) -> None:
    """Nothing of an erased person stays in the records of theirs, and no reading brings them
    back."""
    items = Item.objects.filter(table="contact", row=contact_id)
    Difference.objects.filter(item__in=items).delete()
    FormerNote.objects.filter(contact=contact_id).delete()
    items.update(state=Item.State.LEFT, why="erased", data={}, marks={})
