"""Columns of a bank's or a platform's table, confirmed by a person once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pult.kernel import clock
from pult.money.models import ColumnMapping

if TYPE_CHECKING:
    from pult.people.models import User


def remember_columns(
    *, by: "User | None", purpose: str, signature: str, mapping: Mapping[str, int]
) -> None:
    """Keep field → place for every later file with the same columns (`Table.signature()`).

    `purpose` is a word of `ColumnMapping.Purpose`. The import that follows checks the role.
    """
    ColumnMapping.objects.update_or_create(
        purpose=purpose,
        signature=signature,
        defaults={"mapping": dict(mapping), "confirmed_by": by, "confirmed_at": clock.now()},
    )
