"""Statement files: those posted, and those on their way in."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import NotVisible
from pult.kernel.models import StoredFile
from pult.kernel.roles import Role
from pult.money.leases import is_free
from pult.money.models import BankDocument, StatementFile

if TYPE_CHECKING:
    from pult.people.models import User

# Bank documents name people and sums that belong to no client: few roles read them.
BY_HAND = "by_hand"  # a file of one payment that nobody dropped
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

    @property
    def format_label(self) -> str:
        """What the file is to people: formats are called by their own names."""
        return _("typed by hand") if self.format == BY_HAND else self.format


def statement_files(user: "User", limit: int = 50) -> tuple[StatementItem, ...]:
    """The newest files first; empty for roles that do not read the bank. One query."""
    if not reads_bank(user):
        return ()
    return tuple(_item(row) for row in _files()[:limit])


@dataclass(frozen=True)
class OddAccount:
    """An account of a statement that does not add up: kopecks by its balances and documents,
    and what the statement itself says it closed with; the same where its totals alone differ."""

    account: str
    counted: int
    closing: int

    @property
    def difference(self) -> int:
        return self.closing - self.counted


@dataclass(frozen=True)
class BankLeft:
    """What the bank leaves to an accountant: documents without a place, statements that do not
    add up as (id, name), the newest first."""

    unsettled: int
    odd: tuple[tuple[int, str], ...]

    def __bool__(self) -> bool:
        return bool(self.unsettled or self.odd)


ODD_DAYS = 31  # an older statement has been looked at, or never will be


def bank_left(user: "User") -> BankLeft:
    """What waits for whoever settles the bank; nothing for anybody else. A statement that adds up
    with what was typed in place of its rows is no longer odd. Two queries."""
    if Role.ACCOUNTANT not in user.roles:
        return BankLeft(0, ())
    files = StatementFile.objects.filter(status=StatementFile.Status.POSTED)
    recent = files.filter(loaded_at__gte=clock.now() - timedelta(days=ODD_DAYS)).order_by("-pk")
    columns = ("pk", "name", "summary__accounts", "summary__instead_of")
    found = list(recent.values_list(*columns))
    typed: dict[int, Counter[str]] = defaultdict(Counter)
    for *_file, place in found:
        if place:
            typed[place["statement"]][place["account"]] += place["amount"]
    odd = tuple(
        (pk, name)
        for pk, name, accounts, _place in found
        if odd_accounts({"accounts": accounts or ()}, typed[pk])
    )
    unsettled = BankDocument.objects.filter(
        match=BankDocument.Match.UNSETTLED, file__status=StatementFile.Status.POSTED
    )
    return BankLeft(unsettled.count(), odd)


def odd_accounts(
    summary: Mapping[str, Any], typed: Mapping[str, int] | None = None
) -> tuple[OddAccount, ...]:
    """Accounts of a statement's summary that do not add up, though what was `typed` by hand in
    place of its rows (account → kopecks) is counted in."""
    typed = typed or {}
    found = []
    for row in summary.get("accounts", ()):
        more = typed.get(row["account"], 0)
        if row.get("balanced") is False:
            counted = row["opening"] + row["incoming"] - row["outgoing"] + more
            if not more or counted != row["closing"]:
                found.append(OddAccount(row["account"], counted, row["closing"]))
    return tuple(found)


@dataclass(frozen=True)
class OpenStatement:
    """A file on its way in: `is_at_work` while somebody takes it in; otherwise it was cut off and
    goes on from the bytes that are kept (`is_kept`), or when it is dropped again. `documents` of
    it are read, `pending` of them not matched."""

    id: int
    name: str
    loaded_by: str
    loaded_at: datetime
    is_at_work: bool
    is_kept: bool
    documents: int
    pending: int


def open_statements() -> tuple[OpenStatement, ...]:
    """Files that are not wholly in, the newest first. One query."""
    now = clock.now()
    waiting = BankDocument.objects.filter(file=OuterRef("pk"), match=BankDocument.Match.PENDING)
    staged = Q(status=StatementFile.Status.STAGED)
    rows = (
        StatementFile.objects.filter(staged | Q(lease_until__gte=now) | Exists(waiting))
        .select_related("loaded_by")
        .annotate(
            total=Count("documents"),
            pending=Count("documents", filter=Q(documents__match=BankDocument.Match.PENDING)),
            is_kept=Exists(StoredFile.objects.filter(sha256=OuterRef("sha256"))),
        )
        .order_by("-pk")
    )
    return tuple(
        OpenStatement(
            id=row.pk,
            name=row.name,
            loaded_by=str(row.loaded_by or ""),
            loaded_at=row.loaded_at,
            is_at_work=bool(row.lease_until and row.lease_until >= now),
            is_kept=row.is_kept,
            documents=row.total,
            pending=row.pending,
        )
        for row in rows[:50]
    )


@dataclass(frozen=True)
class CutOff:
    """A statement to go on with: what the import was asked for. `account` is ours, where the file
    is of one account alone."""

    sha256: str
    name: str
    account: str


def cut_off(file_id: int) -> CutOff:
    """NotVisible when this file is not on its way in."""
    row = StatementFile.objects.filter(pk=file_id).first()
    if row is None or not is_cut_off(row.sha256):
        raise NotVisible(_("There is no such statement"))
    accounts = [account["account"] for account in row.summary.get("accounts", ())]
    return CutOff(row.sha256, row.name, accounts[0] if len(accounts) == 1 else "")


def is_cut_off(sha256: str) -> bool:
    """Whether this file was begun and is not wholly in, and nobody is at it."""
    waiting = BankDocument.objects.filter(file=OuterRef("pk"), match=BankDocument.Match.PENDING)
    files = StatementFile.objects.filter(is_free(), sha256=sha256)
    return files.filter(Q(status=StatementFile.Status.STAGED) | Exists(waiting)).exists()


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
