"""Columns of a bank's or a platform's table, confirmed by a person once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.kernel import clock
from pult.kernel.facts import acting, record
from pult.money.actions.spend import IMPORTERS
from pult.money.actions.statements import LOADERS
from pult.money.models import ColumnMapping

if TYPE_CHECKING:
    from pult.people.models import User

# Who brings such tables in says what their columns are.
WHO = {ColumnMapping.Purpose.BANK: LOADERS, ColumnMapping.Purpose.SPEND: IMPORTERS}


def remember_columns(
    *, by: "User | None", purpose: str, signature: str, mapping: Mapping[str, int]
) -> None:
    """Keep field → place for every later file with the same columns (`Table.signature()`).

    `purpose` is a word of `ColumnMapping.Purpose`. Nothing is told of what was known already.
    """
    who = WHO[ColumnMapping.Purpose(purpose)]
    role = require(by, *who, act=_("confirm the columns of a file")) if by else ""
    with acting(0):
        row = ColumnMapping.objects.filter(purpose=purpose, signature=signature).first()
        if row and row.mapping == dict(mapping):
            return
        row, _made = ColumnMapping.objects.update_or_create(
            purpose=purpose,
            signature=signature,
            defaults={"mapping": dict(mapping), "confirmed_by": by, "confirmed_at": clock.now()},
        )
        payload = {"purpose": purpose, "mapping": dict(mapping)}
        record(
            "columns.confirmed",
            root_id=0,
            refs={"mapping": row.pk},
            by=by,
            role=role,
            payload=payload,
        )
