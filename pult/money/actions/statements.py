"""Bank statements: staged out of sight, posted by one update, then matched to invoices.

A statement of any format comes as an already read value (see `Parsed`); the same file, or one
that overlaps, changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
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
from pult.money.logic.bank import own_accounts, place_documents, summary
from pult.money.matcher import Decision, open_invoices
from pult.money.models import BankDocument, InvoiceLine, StatementFile
from pult.money.staging import Progress, drop_abandoned, insert_documents, known_keys, refuse_race
from pult.people.queries import business_day

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
) -> StatementResult:
    """Take a statement in: stage, post, match. `by` None is the operator at the command line.

    `accounts` are accounts of the file that a person said are the agency's; on an empty base
    those of the statement's own sections are. Bad rows of the file stay out and are named in the
    summary. Raises BadInput for an account that is not ours, Conflict while another import holds
    the same documents.
    """
    role = _role(by)
    own = own_of(statement, accounts)
    file, told, decided = _stage(by, statement, own, name, sha256, polite, progress)
    if file is None:
        return StatementResult(None, told)
    return post_statement(
        by=by, file_id=file.pk, role=role, polite=polite, progress=progress, decided=decided
    )


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
    return _stage(by, statement, own, name, sha256, polite, progress)[0]


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
    """
    role = role or _role(by)
    file = StatementFile.objects.get(pk=file_id)
    if file.status == StatementFile.Status.STAGED:
        with acting(0):
            fresh = StatementFile.objects.filter(pk=file_id, status=StatementFile.Status.STAGED)
            if fresh.update(status=StatementFile.Status.POSTED, posted_at=clock.now()):
                _tell_loaded(file, by, role)
    found = match_pending(
        file_id=file_id,
        by_id=by.pk if by else None,
        role=role,
        polite=polite,
        progress=progress,
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


def _stage(
    by: "User | None",
    statement: Parsed,
    own: frozenset[str],
    name: str,
    sha256: str,
    polite: bool,
    progress: Progress | None,
) -> tuple[StatementFile | None, dict[str, Any], dict[str, Decision]]:
    drop_abandoned(besides=sha256)
    earlier = StatementFile.objects.filter(sha256=sha256).order_by("-pk").first()
    placed = list(place_documents(statement.documents, own))
    known = known_keys(row.key for row in placed)
    mine = earlier.pk if earlier and earlier.status == StatementFile.Status.STAGED else None
    refuse_race(known, mine)
    fresh = [row for row in placed if row.key not in known]
    new = sum(known.get(row.key, mine) == mine for row in placed) if mine else len(fresh)
    told = summary(
        name, statement, own, new=new, duplicates=len(placed) - new, matched=0, unsettled=0
    )
    for account in sorted(own - clients.own_accounts().keys()):
        add_own_account(by=None, account=account)
    if not new:
        return _resumable(earlier), told, {}
    file = StatementFile.objects.get(pk=mine) if mine else None
    file = file or StatementFile(sha256=sha256, loaded_by=by)
    file.name, file.format, file.encoding = name[:200], statement.format, statement.encoding
    file.loaded_at, file.summary = clock.now(), told
    file.save()
    index = open_invoices(business_day())
    decided = insert_documents(file, fresh, index, polite, progress)
    return file, told, decided


def _resumable(earlier: StatementFile | None) -> StatementFile | None:
    """A posted file whose matching was cut short: importing it again goes on."""
    if earlier and earlier.documents.filter(match=BankDocument.Match.PENDING).exists():
        return earlier
    return None


def _tell_loaded(file: StatementFile, by: "User | None", role: str) -> None:
    rows = file.documents.order_by().values("own_account").annotate(Count("pk"), Max("money_on"))
    counts = {row["own_account"]: row["pk__count"] for row in rows}
    newest = max((row["money_on__max"] for row in rows), default=None)
    for account in file.summary.get("accounts", ()):
        record(
            "statement.loaded",
            root_id=0,
            refs={"statement": file.pk},
            by=by,
            role=role,
            key=account["account"],
            day=newest,
            value=counts.get(account["account"], 0),
            payload={"account": account["account"]},
        )
