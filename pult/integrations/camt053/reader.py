"""From statements of camt.053 to accounts and documents."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pult.integrations.camt053.entry import documents_of, faults_of
from pult.integrations.camt053.xml import Node, parse
from pult.integrations.statement.errors import UnknownFormat
from pult.integrations.statement.faults import BadField, one_reason
from pult.integrations.statement.model import AccountSection, Problem, Statement
from pult.integrations.statement.values import BadValue, day, kopecks

_ASK_BANK = _("Check the row in the bank's program and enter the payment by hand.")
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)


def read(data: bytes) -> Statement:
    """The statement in `data`. Entries not booked yet are left out with a warning; an entry whose
    parts do not add up to it is a Problem. Raises UnknownFormat for XML that is no camt.053."""
    root = parse(data)
    body = root if root.name == "BkToCstmrStmt" else root.first("BkToCstmrStmt")
    if body is None:
        body = root.first("*/BkToCstmrStmt")
    if body is None:
        raise UnknownFormat("XML", _("This XML is not a camt.053 statement."))
    statement = Statement("camt.053", "xml")
    statement.sender = body.value("GrpHdr/MsgRcpt/Nm", "Stmt/Acct/Svcr/FinInstnId/Nm")
    for node in body.all("Stmt"):
        _read_statement(node, statement)
    starts = [section.date_from for section in statement.accounts if section.date_from]
    ends = [section.date_to for section in statement.accounts if section.date_to]
    statement.period_from = min(starts, default=None)
    statement.period_to = max(ends, default=None)
    return statement


def account_number(node: Node | None) -> str:
    return node.value("Id/IBAN", "Id/Othr/Id") if node else ""


def _read_statement(node: Node, statement: Statement) -> None:
    account = account_number(node.first("Acct"))
    if not account:
        statement.problems.append(
            Problem(node.line, "Acct", "required", _("the statement names no account"), _ASK_BANK)
        )
        return
    statement.accounts.append(_section(node, account, statement))
    not_booked = 0
    for entry in node.all("Ntry"):
        if entry.value("Sts/Cd", "Sts") not in ("BOOK", ""):
            not_booked += 1
            continue
        try:
            statement.documents.extend(documents_of(entry, account))
        except BadField as bad:
            reason = one_reason(faults_of(entry, bad))
            statement.problems.append(Problem(bad.line, bad.field, bad.code, reason, _ASK_BANK))
    if not_booked:
        statement.warnings.append(
            ngettext(
                "%(count)s entry is not booked yet and was left out",
                "%(count)s entries are not booked yet and were left out",
                not_booked,
            )
            % {"count": not_booked}
        )


def _section(node: Node, account: str, statement: Statement) -> AccountSection:
    section = AccountSection(
        account,
        bik=node.value("Acct/Svcr/FinInstnId/ClrSysMmbId/MmbId"),
        currency=node.value("Acct/Ccy") or "RUB",
        line=node.line,
        incoming=_total(node, "TxsSummry/TtlCdtNtries/Sum", statement),
        outgoing=_total(node, "TxsSummry/TtlDbtNtries/Sum", statement),
    )
    opening, section = _balance(node, _OPENING, statement, section)
    closing, section = _balance(node, _CLOSING, statement, section)
    return replace(
        section,
        opening=opening[0],
        closing=closing[0],
        date_from=_day(node, "FrToDt/FrDtTm", statement) or opening[1],
        date_to=_day(node, "FrToDt/ToDtTm", statement) or closing[1],
    )


def _balance(node, codes, statement, section):
    """((kopecks, day) of the first balance of one of `codes`, the section with its currency)."""
    balances = {found.value("Tp/CdOrPrtry/Cd"): found for found in node.all("Bal")}
    found = next((balances[code] for code in codes if code in balances), None)
    if found is None:
        return (None, None), section
    amount = _total(found, "Amt", statement)
    if amount is not None and found.value("CdtDbtInd") == "DBIT":
        amount = -amount
    currency = next((amt.attributes.get("Ccy", "") for amt in found.all("Amt")), "")
    on = _day(found, "Dt/Dt", statement) or _day(found, "Dt/DtTm", statement)
    return (amount, on), replace(section, currency=currency or section.currency)


def _total(node: Node, path: str, statement: Statement) -> int | None:
    found = node.first(path)
    if found is None or not found.text:
        return None
    try:
        return kopecks(found.text)
    except BadValue as bad:
        statement.problems.append(
            Problem(found.line, path, bad.code, bad.reason, _("Export the statement again."))
        )
        return None


def _day(node: Node, path: str, statement: Statement) -> date | None:
    text = node.value(path)
    try:
        return day(text) if text else None
    except BadValue as bad:
        statement.warnings.append(bad.reason)
        return None
