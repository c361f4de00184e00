"""What a bank statement says, whatever format it came in. Money is integer kopecks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Party:
    """A side of a payment. `settlement` is the second account some banks name for a side
    (`ПлательщикРасчСчет` beside `ПлательщикСчет`); empty when there is one account only."""

    name: str = ""
    inn: str = ""
    kpp: str = ""
    account: str = ""
    bik: str = ""
    bank: str = ""
    settlement: str = ""


@dataclass(slots=True)
class BankDocument:
    """One payment document.

    `line` is where it begins in the file (from 1), `date` the date of the paper; the money moved
    on `debited_on` (the payer's account) or `credited_on` (the payee's). `kind` is the bank's own
    word, kept whatever it is. `bank_ref` is the bank's unique id where the format has one.
    `vat_text` is a VAT column of the file; VAT words inside the purpose stay there.
    """

    line: int
    kind: str
    number: str
    date: date
    amount: int
    payer: Party
    payee: Party
    purpose: str = ""
    debited_on: date | None = None
    credited_on: date | None = None
    vat_text: str = ""
    op_code: str = ""
    bank_ref: str = ""
    currency: str = "RUB"
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AccountSection:
    """What the bank says of one account over one interval; `None` where it says nothing."""

    account: str
    bik: str = ""
    opening: int | None = None
    incoming: int | None = None
    outgoing: int | None = None
    closing: int | None = None
    date_from: date | None = None
    date_to: date | None = None
    currency: str = "RUB"
    line: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not taken: where, which field, why (in the reader's language), the cure.

    `code` is one word for programs: unclosed, stray, required, date, amount, decimals, long,
    repeated, version, balance, reference, columns, total. `told` is what could be read of a row
    that may be typed by hand instead, under the names of that form: see `values.told_of`.
    """

    line: int
    field: str
    code: str
    reason: Any
    cure: Any = ""
    told: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The `refused` entry of a statement's summary; the command prints it without `told`."""
        known = {"told": self.told} if self.told else {}
        return {"line": self.line, "field": self.field, "reason": str(self.reason), **known}


@dataclass(slots=True)
class Statement:
    """A whole file. Every document of it stands either in `documents` or in `problems`."""

    format: str
    encoding: str = ""
    sender: str = ""
    period_from: date | None = None
    period_to: date | None = None
    accounts: list[AccountSection] = field(default_factory=list)
    documents: list[BankDocument] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Any] = field(default_factory=list)
    header_accounts: list[str] = field(default_factory=list)

    def stated_accounts(self) -> list[str]:
        """The accounts the file is about, in its own order, each once."""
        return list(dict.fromkeys(self._every_account()))

    def _every_account(self) -> Iterator[str]:
        yield from (account for account in self.header_accounts if account)
        yield from (section.account for section in self.accounts if section.account)
