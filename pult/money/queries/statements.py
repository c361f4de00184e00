"""Statement files that were posted."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from pult.kernel.errors import NotVisible
from pult.kernel.roles import Role
from pult.money.models import BankDocument, StatementFile

if TYPE_CHECKING:
    from pult.people.models import User

# Bank documents name people and sums that belong to no client: few roles read them.
BANK_READERS = frozenset({Role.ACCOUNTANT, Role.HEAD, Role.DIRECTOR})


@dataclass(frozen=True)
class StatementItem:
    """One posted file; `summary` has the keys of `pult import bank --json`; `unsettled` and
    `pending` (still being matched) are counted now."""

    id: int
    name: str
    format: str
    encoding: str
    loaded_by: str
    loaded_at: datetime
    posted_at: datetime | None
    documents: int
    unsettled: int
    pending: int
    summary: dict[str, Any]


def statement_files(user: "User", limit: int = 50) -> tuple[StatementItem, ...]:
    """The newest files first; empty for roles that do not read the bank. One query."""
    if not reads_bank(user):
        return ()
    return tuple(_item(row) for row in _files()[:limit])


def statement_file(user: "User", file_id: int) -> StatementItem:
    """One file; raises NotVisible when there is none for this person."""
    row = _files().filter(pk=file_id).first() if reads_bank(user) else None
    if row is None:
        raise NotVisible(_("There is no such statement"))
    return _item(row)


def reads_bank(user: "User") -> bool:
    """Whether the person may look into bank statements."""
    return bool(BANK_READERS & user.roles)


def _files() -> QuerySet[StatementFile]:
    return (
        StatementFile.objects.filter(status=StatementFile.Status.POSTED)
        .select_related("loaded_by")
        .annotate(
            total=Count("documents"),
            unsettled=Count("documents", filter=Q(documents__match=BankDocument.Match.UNSETTLED)),
            pending=Count("documents", filter=Q(documents__match=BankDocument.Match.PENDING)),
        )
        .order_by("-pk")
    )


def _item(row: Any) -> StatementItem:
    return StatementItem(
        id=row.pk,
        name=row.name,
        format=row.format,
        encoding=row.encoding,
        loaded_by=str(row.loaded_by or ""),
        loaded_at=row.loaded_at,
        posted_at=row.posted_at,
        documents=row.total,
        unsettled=row.unsettled,
        pending=row.pending,
        summary=row.summary,
    )
