"""Open invoices as matching looks them up. Sums are kopecks, VAT included."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pult.money.logic.matching.purpose import fold, number_key

_LEGAL_FORM = re.compile(
    r"\b(?:ООО|АО|ПАО|ЗАО|ОАО|ИП|АНО|НКО|ТОО|ОДО|УП|ЧУП|ЧП|ОБЩЕСТВО С ОГРАНИЧЕННОЙ"
    r" ОТВЕТСТВЕННОСТЬЮ|АКЦИОНЕРНОЕ ОБЩЕСТВО|ИНДИВИДУАЛЬНЫЙ ПРЕДПРИНИМАТЕЛЬ)\b"
)
_NOT_A_LETTER = re.compile(r"[^0-9A-ZА-Я]+")


def core_name(name: str) -> str:
    """A company's name without its legal form and quotes, folded: ООО «Лес и К» is ЛЕС И К."""
    return " ".join(_NOT_A_LETTER.sub(" ", _LEGAL_FORM.sub(" ", fold(name))).split())


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice with something left to pay: `due` of it. `vat` is the VAT inside `due` when the
    whole invoice is due, 0 without VAT, `None` when unknown; `papers` are numbers it bore before
    on papers the client has."""

    id: int
    client_id: int
    number: str
    due: int
    issued_on: date | None = None
    vat: int | None = None
    papers: tuple[str, ...] = ()

    @property
    def keys(self) -> set[str]:
        """What a payer may call it, as it is compared."""
        return {number_key(number) for number in (self.number, *self.papers)} - {""}


@dataclass(slots=True)
class ClientInvoices:
    """The open invoices of one client, the oldest first."""

    open: dict[int, OpenInvoice] = field(default_factory=dict)
    by_number: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_due: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


class InvoiceIndex:
    """Open invoices by client, number and sum; clients by ИНН, account and name.

    `payers` maps an ИНН, `accounts` a bank account, `names` a company's name to the clients it
    pays for: several companies may pay for one client, one for several. `own_inns` are the
    agency's; `currency` is that of the invoices. `pay` keeps the index true while a file is
    matched.
    """

    def __init__(
        self,
        invoices: Iterable[OpenInvoice] = (),
        *,
        payers: Mapping[str, Collection[int]] | None = None,
        accounts: Mapping[str, Collection[int]] | None = None,
        names: Mapping[str, Collection[int]] | None = None,
        own_inns: Collection[str] = (),
        currency: str = "RUB",
    ) -> None:
        self.currency = currency
        self.clients: dict[int, ClientInvoices] = {}
        self.by_number: dict[str, list[int]] = defaultdict(list)
        self.owner: dict[int, int] = {}
        self.due: dict[int, int] = {}
        self.own_inns = frozenset(own_inns)
        self._payers = {inn: tuple(clients) for inn, clients in (payers or {}).items() if inn}
        self._accounts = {acc: tuple(clients) for acc, clients in (accounts or {}).items() if acc}
        self._names = {core_name(name): tuple(ids) for name, ids in (names or {}).items()}
        self._names.pop("", None)
        for invoice in sorted(invoices, key=lambda i: (i.issued_on or date.max, i.id)):
            self._add(invoice)

    def _add(self, invoice: OpenInvoice) -> None:
        if invoice.due <= 0:
            return
        client = self.clients.setdefault(invoice.client_id, ClientInvoices())
        client.open[invoice.id] = invoice
        client.by_due[invoice.due].append(invoice.id)
        self.due[invoice.id] = invoice.due
        self.owner[invoice.id] = invoice.client_id
        for key in invoice.keys:
            client.by_number[key].append(invoice.id)
            self.by_number[key].append(invoice.id)

    def clients_of(self, inn: str, account: str) -> tuple[tuple[int, ...], str]:
        """(clients this payer pays for, `inn` or `account` by which it was known)."""
        if clients := self._payers.get(inn, ()):
            return clients, "inn"
        if not inn and (clients := self._accounts.get(account, ())):
            return clients, "account"
        return (), ""

    def clients_named(self, phrase: str, inns: Iterable[str]) -> tuple[int, ...]:
        """Clients a purpose names by ИНН, or by a name that begins the phrase."""
        for inn in inns:
            if clients := self._payers.get(inn):
                return clients
        words = core_name(phrase).split()
        for length in range(min(len(words), 8), 0, -1):
            if clients := self._names.get(" ".join(words[:length])):
                return clients
        return ()

    def pay(self, invoice_id: int, amount: int) -> None:
        """Take `amount` off what is due; an invoice paid in full is open no more. A negative
        amount gives it back."""
        client = self.clients[self.owner[invoice_id]]
        invoice = client.open[invoice_id]
        before = self.due[invoice_id]
        after = self.due[invoice_id] = before - amount
        if before > 0:
            client.by_due[before].remove(invoice_id)
        if after > 0:
            client.by_due[after].append(invoice_id)
        for key in invoice.keys:
            for ids in (client.by_number[key], self.by_number[key]):
                if after <= 0 < before:
                    ids.remove(invoice_id)
                elif before <= 0 < after:
                    ids.append(invoice_id)

    def take(self, shares: Iterable[tuple[int, int]]) -> None:
        """Pay what a match gave: (invoice id, kopecks) each."""
        for invoice_id, amount in shares:
            self.pay(invoice_id, amount)
