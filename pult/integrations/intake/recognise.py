"""What a file is about, by its contents alone."""

from typing import Literal

from pult.clients.logic.movein import WANTED as CLIENTS
from pult.integrations import bank_table, direct_report, spend
from pult.integrations.intake.spend import GZIP
from pult.integrations.spend.reading import unpack
from pult.integrations.statement import UnknownFormat, detect
from pult.integrations.statement.detect import CSV, XLSX
from pult.integrations.table import guess_mapping, read_table

Purpose = Literal["bank", "spend", "clients"]

# Fields whose columns tell what a table is about.
_TELLING: dict[Purpose, tuple[dict[str, tuple[str, ...]], set[str]]] = {
    "bank": (
        bank_table.WANTED,
        {"date", "purpose", "credit", "debit", "amount", "payer_name", "payee_name", "party_name"},
    ),
    "spend": (
        spend.WANTED,
        {"day", "cost", "campaign_id", "campaign_name", "impressions", "clicks"},
    ),
    "clients": (
        CLIENTS,
        {"client", "am", "entity", "contact", "phone", "email", "line", "budget", "site"},
    ),
}
_EVERY_TITLE = {
    f"{purpose} {field}": titles
    for purpose, (wanted, _telling) in _TELLING.items()
    for field, titles in wanted.items()
}


def recognise(data: bytes, name: str = "") -> Purpose:
    """A bank statement, an export of spend or a table of clients.

    Raises UnknownFormat naming what the file seems to be, TableProblem for a broken table.
    """
    if data.startswith(GZIP):
        data = unpack(data)
    if direct_report.is_direct_report(data):
        return "spend"
    try:
        if detect(data) not in (CSV, XLSX):
            return "bank"
    except UnknownFormat as problem:
        # Names without a figure among them look like prose to a reader of statements.
        if problem.name_guess != "text" or _score(_columns(data, name), "clients") < 2:
            raise
        return "clients"
    columns = _columns(data, name)
    return max(_TELLING, key=lambda purpose: _score(columns, purpose))


def _columns(data: bytes, name: str) -> list[str]:
    return read_table(data, name, wanted=_EVERY_TITLE).columns


def _score(columns: list[str], purpose: Purpose) -> int:
    wanted, telling = _TELLING[purpose]
    return len(telling & guess_mapping(columns, wanted).keys())
