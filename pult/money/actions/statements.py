"""Bank statements: staged out of sight, posted by one update, then matched to invoices.

A statement of any format comes as an already read value (see `Parsed`); the same file, or one
that overlaps, changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from pult.clients import queries as clients
from pult.clients.access import require
from pult.clients.actions import add_own_account
from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record
from pult.money.actions.asking import ask_forecast
from pult.money.actions.matching import count_states, match_pending
from pult.money.leases import Lease, Progress, held
from pult.money.logic.bank import Placed, own_accounts, place_documents, summary
from pult.money.matcher import Decision, open_invoices
from pult.money.models import BankDocument, InvoiceLine, StatementFile
from pult.money.staging import (
    clear_way,
    drop_abandoned,
    insert_documents,
    known_keys,
    open_file,
)
from pult.people.queries import business_day
from pult.regulation import registry

if TYPE_CHECKING:
    from pult.people.models import User

LOADERS = ("accountant",)


class Parsed(Protocol):
    """A statement read by a connector; documents and accounts as `logic.bank` takes them."""

    format: str
    encoding: str
    documents: Sequence[Any]
    accounts: Sequence[Any]
    problems: Sequence[Any]

    def stated_accounts(self) -> list[str]: ...


@dataclass(frozen=True)
class StatementResult:
    """`file_id` is None when nothing was new; `summary` has the keys of `pult import bank`."""

    file_id: int | None
    summary: dict[str, Any]


def import_statement(
    *,
    by: "User | None",
    statement: Parsed,
    name: str,
    sha256: str,
    accounts: Collection[str] = (),
    polite: bool = True,
    progress: Progress | None = None,
    about: Mapping[str, Any] | None = None,
) -> StatementResult:
    """Take a statement in: stage, post, match. `by` None is the operator at the command line.

    `accounts` are accounts of the file that a person said are the agency's; on an empty base
    those of the statement's own sections are. Bad rows of the file stay out and are named in the
    summary, which keeps what else is said `about` the file. Raises BadInput for an account that
    is not ours, Conflict while another import holds this file or the same documents.
    """
    role = _role(by)
    own = own_of(statement, accounts)
    staged = _open(by, statement, own, name, sha256, about or {})
    if staged.file is None:
        return StatementResult(None, staged.told)
    with held(staged.file) as lease:
        decided = _fill(staged, polite, lease.beating(progress))
        return _post(by, staged.file.pk, role, polite, lease, progress, decided)


def stage_statement(
    *,
    by: "User | None",
    statement: Parsed,
    name: str,
    sha256: str,
    accounts: Collection[str] = (),
    polite: bool = True,
    progress: Progress | None = None,
) -> StatementFile | None:
    """Write the new documents where nobody sees them; the same file goes on where it stopped.
    None when nothing in it is new."""
    _role(by)
    own = own_of(statement, accounts)
    staged = _open(by, statement, own, name, sha256)
    if staged.file is not None:
        with held(staged.file) as lease:
            _fill(staged, polite, lease.beating(progress))
    return staged.file


def post_statement(
    *,
    by: "User | None",
    file_id: int,
    role: str = "",
    polite: bool = True,
    progress: Progress | None = None,
    decided: Mapping[str, Decision] | None = None,
) -> StatementResult:
    """Show a staged file by one update, then match it; posting it again goes on with matching.

    `decided` is what staging found that the documents pay, by key, where it is still known.
    Raises Conflict while somebody else is at it.
    """
    role = role or _role(by)
    with held(StatementFile.objects.get(pk=file_id)) as lease:
        return _post(by, file_id, role, polite, lease, progress, decided)


def _post(
    by: "User | None",
    file_id: int,
    role: str,
    polite: bool,
    lease: Lease,
    progress: Progress | None,
    decided: Mapping[str, Decision] | None,
) -> StatementResult:
    file = StatementFile.objects.get(pk=file_id)
    if file.status == StatementFile.Status.STAGED:
        lease.renew()
        accounts = _accounts_of(file)
        with acting(0):
            fresh = StatementFile.objects.filter(pk=file_id, status=StatementFile.Status.STAGED)
            if fresh.update(status=StatementFile.Status.POSTED, posted_at=clock.now()):
                _tell_loaded(file, accounts, by, role)
    found = match_pending(
        file_id=file_id,
        by_id=by.pk if by else None,
        role=role,
        polite=polite,
        progress=lease.beating(progress),
        decided=decided,
    )
    states = count_states(file_id)
    file.summary |= {
        "matched": states.get(BankDocument.Match.MATCHED, 0),
        "unsettled": states.get(BankDocument.Match.UNSETTLED, 0),
    }
    StatementFile.objects.filter(pk=file_id).update(summary=file.summary)
    ask_forecast(
        InvoiceLine.objects.filter(invoice__in=sorted(found.invoices)[:1000])
        .values_list("line", flat=True)
        .distinct()
    )
    return StatementResult(file_id, dict(file.summary))


def own_of(statement: Parsed, confirmed: Collection[str] = ()) -> frozenset[str]:
    """The agency's accounts as far as this statement goes.

    Raises BadInput when the file is about an account that nobody said is ours.
    """
    known = clients.own_accounts()
    ours, strangers = own_accounts([*known, *confirmed], statement.stated_accounts())
    if strangers:
        raise BadInput(
            _("The statement is of an account that is not the agency's: %(accounts)s")
            % {"accounts": ", ".join(strangers)},
            field="accounts",
            cure=_("Say that the account is yours, or choose another file"),
        )
    return ours


def _role(by: "User | None") -> str:
    return require(by, *LOADERS, act=_("import bank statements")) if by else ""


@dataclass
class _Staged:
    """A statement about to be written; `file` is None when nothing of it is new."""

    file: StatementFile | None
    told: dict[str, Any]
    fresh: list[Placed]


def _open(
    by: "User | None",
    statement: Parsed,
    own: frozenset[str],
    name: str,
    sha256: str,
    about: Mapping[str, Any] | None = None,
) -> _Staged:
    """What is new in a statement and the file it goes into, which nobody holds yet."""
    registry.current()  # reading the cards takes half a second: not with the writer held
    drop_abandoned(besides=sha256)
    earlier = StatementFile.objects.filter(sha256=sha256).order_by("-pk").first()
    mine = earlier if earlier and earlier.status == StatementFile.Status.STAGED else None
    mine_id = mine.pk if mine else None
    placed = list(place_documents(statement.documents, own))
    known = clear_way(known_keys(row.key for row in placed), mine_id)
    fresh = [row for row in placed if row.key not in known]
    new = sum(known.get(row.key, mine_id) == mine_id for row in placed) if mine else len(fresh)
    told = summary(
        name,
        statement,
        own,
        new=new,
        duplicates=len(placed) - new,
        matched=0,
        unsettled=0,
        placed=placed,
    ) | dict(about or {})
    for account in sorted(own - clients.own_accounts().keys()):
        add_own_account(by=None, account=account)
    if not new:
        return _Staged(_resumable(earlier), told, [])
    file = open_file(
        mine,
        sha256=sha256,
        loaded_by=mine.loaded_by if mine else by,
        name=name[:200],
        format=statement.format,
        encoding=statement.encoding,
        loaded_at=clock.now(),
        summary=told,
    )
    return _Staged(file, told, fresh)


def _fill(staged: _Staged, polite: bool, progress: Progress) -> dict[str, Decision]:
    """Write the new documents into the file that is held."""
    file = staged.file
    if file is None or file.status != StatementFile.Status.STAGED:
        return {}
    columns = ("name", "format", "encoding", "loaded_at", "summary")
    file.save(update_fields=columns)
    index = open_invoices(business_day())
    return insert_documents(file, staged.fresh, index, polite, progress)


def _resumable(earlier: StatementFile | None) -> StatementFile | None:
    """A posted file whose matching was cut short: importing it again goes on."""
    if earlier and earlier.documents.filter(match=BankDocument.Match.PENDING).exists():
        return earlier
    return None


def _accounts_of(file: StatementFile) -> dict[str, tuple[int, date]]:
    """Our accounts in a file: how many documents, and the newest day."""
    rows = file.documents.order_by().values_list("own_account")
    return {row[0]: row[1:] for row in rows.annotate(Count("pk"), Max("money_on"))}


def _tell_loaded(
    file: StatementFile, accounts: dict[str, tuple[int, date]], by: "User | None", role: str
) -> None:
    newest = max((day for _count, day in accounts.values()), default=None)
    for account in file.summary.get("accounts", ()):
        count, _day = accounts.get(account["account"], (0, None))
        record(
            "statement.loaded",
            root_id=0,
            refs={"statement": file.pk},
            by=by,
            role=role,
            key=account["account"],
            day=newest,
            value=count,
            payload={"account": account["account"]},
        )
