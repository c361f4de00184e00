"""Real files for the demo: statements as the bank sends them, spend as the platforms export it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pult.console.demo import cast
from pult.integrations.bank_1c.writer import write_statement
from pult.integrations.direct_report.writer import write_report
from pult.integrations.spend.model import SpendRow
from pult.integrations.statement.model import AccountSection, BankDocument, Party, Statement
from pult.kernel.money import vat_inside, vat_on_top

OWN = Party(
    cast.AGENCY_NAME,
    cast.AGENCY_INN,
    cast.AGENCY_KPP,
    cast.AGENCY_ACCOUNT,
    cast.AGENCY_BIK,
    cast.AGENCY_BANK,
)
OPENING = 250_000_000


@dataclass
class Transfer:
    """Money that moved on `day`: from or to `party`, `amount` in kopecks, VAT of `rate` inside."""

    day: date
    party: Party
    amount: int
    purpose: str
    incoming: bool = True
    kind: str = "Платежное поручение"
    rate: int | None = 22


class Bank:
    """Keeps the balance of the agency's account and prints statements of it."""

    def __init__(self, first: date) -> None:
        self.balance = OPENING
        self.next_day = first
        self.number = 300

    def statement(self, transfers: Iterable[Transfer], last: date) -> bytes:
        """The file from the day after the previous one to `last`, in cp1251."""
        rows = sorted(transfers, key=lambda row: row.day)
        incoming = sum(row.amount for row in rows if row.incoming)
        outgoing = sum(row.amount for row in rows if not row.incoming)
        section = AccountSection(
            account=cast.AGENCY_ACCOUNT,
            opening=self.balance,
            incoming=incoming,
            outgoing=outgoing,
            closing=self.balance + incoming - outgoing,
            date_from=self.next_day,
            date_to=last,
        )
        file = write_statement(
            Statement(
                format="1c",
                sender=cast.AGENCY_BANK,
                period_from=self.next_day,
                period_to=last,
                accounts=[section],
                documents=[self._document(row) for row in rows],
            )
        )
        self.balance = section.closing or 0
        self.next_day = last + timedelta(days=1)
        return file

    def _document(self, row: Transfer) -> BankDocument:
        self.number += 1
        purpose = row.purpose
        if row.rate:
            vat = vat_inside(row.amount, row.rate)
            purpose += f" В т.ч. НДС ({row.rate}%) {vat // 100}-{vat % 100:02}"
        return BankDocument(
            line=0,
            kind=row.kind,
            number=str(self.number),
            date=row.day - timedelta(days=1) if row.incoming else row.day,
            amount=row.amount,
            payer=row.party if row.incoming else OWN,
            payee=OWN if row.incoming else row.party,
            purpose=purpose,
            debited_on=None if row.incoming else row.day,
            credited_on=row.day if row.incoming else None,
            op_code="17" if row.kind == "Банковский ордер" else "01",
        )


@dataclass
class Campaign:
    """A campaign and what it spent by day, kopecks net of VAT."""

    campaign: str
    name: str
    login: str
    spend: dict[date, int]


def spend_file(name: str, campaigns: Iterable[Campaign], first: date, last: date) -> bytes:
    """A report from `first` to `last` with VAT, as Direct writes it."""
    return b"".join(write_report(_rows(campaigns, first, last), name))


def _rows(campaigns: Iterable[Campaign], first: date, last: date) -> Iterable[SpendRow]:
    for campaign in campaigns:
        for day, cost in campaign.spend.items():
            if first <= day <= last and cost:
                clicks = max(cost // 3_100, 1)
                yield SpendRow(
                    line=0,
                    day=day,
                    campaign_id=campaign.campaign,
                    campaign_name=campaign.name,
                    login=campaign.login,
                    impressions=clicks * 47,
                    clicks=clicks,
                    cost_kopecks=cost + vat_on_top(cost, 22),
                    conversions=clicks // 28 or None,
                )
