"""Signing a changed card: from a day on the clause means its new wording."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.kernel.facts import record
from pult.regulation.models import CardEdition
from pult.regulation.models.ledger import ALL_ROOTS
from pult.regulation.signing import SIGNERS, require_future, require_role, signing

if TYPE_CHECKING:
    from pult.people.models import User


def sign_edition(*, edition_id: int, effective_from: date, by: "User", role: str) -> CardEdition:
    """Put a waiting edition in force from a day on; triggers before it keep the older wording."""
    require_role(by, role, SIGNERS)
    require_future(effective_from, "effective_from")
    with signing([(ALL_ROOTS, "")], "edition"):
        row = CardEdition.objects.filter(pk=edition_id, signed_at__isnull=True).first()
        if row is None:
            raise BadInput(_("This edition does not wait for a signature"))
        row.effective_from = effective_from
        row.signed_at = clock.now()
        row.signed_by = by
        row.save(update_fields=["effective_from", "signed_at", "signed_by"])
        record(
            "card.signed",
            root_id=0,
            refs={},
            by=by,
            role=role,
            key=row.clause,
            day=effective_from,
            payload={"edition": row.edition},
        )
    return row
