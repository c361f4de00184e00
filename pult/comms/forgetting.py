"""A person of the client is erased: the notes of talks name them no more."""

from collections.abc import Callable

from pult.comms.models import Interaction


def hide_in_notes(client_id: int, hide: Callable[[str], str]) -> None:
    """Rewrite the notes of a client's talks; a correction begun before that is a Conflict."""
    rows = Interaction.objects.filter(client=client_id).exclude(note="").only("note", "version")
    changed = []
    for row in rows.iterator():
        if (note := hide(row.note)) != row.note:
            row.note, row.version = note, row.version + 1
            changed.append(row)
    Interaction.objects.bulk_update(changed, ["note", "version"], batch_size=200)
