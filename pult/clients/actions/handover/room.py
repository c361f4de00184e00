"""How many clients a manager may hold, asked before each handover."""

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pult.people.models import User


def require_room(
    receiver: "User", *, by: "User", client_ids: Collection[int], reason: str = ""
) -> None:
    """Refusal when these clients would be more than the receiver may hold, unless a head signs a
    reason."""
