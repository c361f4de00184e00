"""Which row is meant, and what a fact about it names."""

from pult.kernel.errors import NotVisible
from pult.regulation.difference import IDENTITY
from pult.regulation.models import Dispute, Obligation


def refs_of(root_id: int, subject_type: str, subject_id: int) -> dict[str, int]:
    """Refs of a fact about a subject: the subject and its client."""
    client = {"client": root_id} if root_id else {}
    return client | ({subject_type: subject_id} if subject_type != "agency" else {})


def row_of(obligation_id: int) -> Obligation:
    row = Obligation.objects.filter(pk=obligation_id).first()
    if row is None:
        raise NotVisible("")
    return row


def refs_of_row(row: Obligation | Dispute) -> dict[str, int]:
    return refs_of(row.root_id, row.subject_type, row.subject_id)


def identity_of(row: Obligation) -> dict[str, object]:
    return {name: getattr(row, name) for name in IDENTITY}
