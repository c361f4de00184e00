"""The money of the demo: invoices, reminders, bank files, settlement, spend and top-ups by day."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from pult.console.demo import cast
from pult.console.demo.cast import Firm
from pult.console.demo.files import Bank, Campaign, Transfer, spend_file
from pult.console.demo.story import DAYS, Bill, LineStory
from pult.console.demo.world import SPECIALISTS, World, account_of
from pult.integrations.direct_report import report
from pult.integrations.statement import read
from pult.integrations.statement.model import Party
from pult.kernel import clock
from pult.kernel.calendar import day_index
from pult.money.actions.invoices import (
    Wanted,
    issue_invoice,
    request_invoice,
    send_invoice,
)
from pult.money.actions.reminders import remind_of_payment
from pult.money.actions.settlement import settle
from pult.money.actions.spend import import_spend
from pult.money.actions.statements import import_statement
from pult.money.actions.top_ups import top_up
from pult.money.booking import Share
from pult.money.models import BankDocument, Invoice
from pult.money.queries import money_waiting
from pult.regulation.calendars import current_calendar

BANK = Party(cast.AGENCY_BANK, "7700000016", "", "47423810000000000007", cast.AGENCY_BIK)
ORDER = "Банковский ордер"


@contextmanager
def at(day: date, hour: int, minute: int = 0) -> Iterator[None]:
    """Live at this local time."""
    zone = ZoneInfo(settings.TIME_ZONE)
    with clock.frozen(datetime.combine(day, time(hour, minute), tzinfo=zone)):
        yield


def _monday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


class MoneyLife:
    """Everything about money on a working day; `Life` says when."""

    def __init__(self, world: World, stories: list[LineStory], today: date, seed: int) -> None:
        self.world, self.stories, self.today = world, stories, today
        self.first = today - timedelta(days=DAYS)
        self.random = Random(seed)
        self.bank = Bank(self.first - timedelta(days=5))
        self.queue: list[Transfer] = []
        self.open_bills: dict[int, tuple[LineStory, Bill, Invoice]] = {}
        self.spend_from = self.first
        self.number = 0

    def _invoices(self, day: date) -> None:
        for story in self.stories:
            for bill in story.bills:
                if bill.asked == day or (bill.asked.weekday() > 4 and _monday(bill.asked) == day):
                    self._ask(story, bill, day)
        for invoice_id, (story, bill, _invoice) in list(self.open_bills.items()):
            if bill.sent == day:
                self._issue_and_send(invoice_id, bill, day)
            if bill.paid == day:
                self._pay(invoice_id, story, bill, day)

    def _ask(self, story: LineStory, bill: Bill, day: date) -> None:
        manager = self.world.am(story.firm)
        line = self.world.lines[story.firm.name, story.tool]
        with at(day, 12, self.random.randint(0, 50)):
            invoice = request_invoice(
                by=manager,
                client_id=line.client_id,
                lines=[Wanted(line_id=line.pk, amount=bill.amount)],
                covers_from=day,
                covers_to=day + timedelta(days=30),
            )
        self.open_bills[invoice.pk] = (story, bill, invoice)

    def _issue_and_send(self, invoice_id: int, bill: Bill, day: date) -> None:
        story, _bill, invoice = self.open_bills[invoice_id]
        due = day + timedelta(days=5)
        with at(day, 12, 20):
            issued = issue_invoice(
                by=self.world.people["zhanna"],
                invoice_id=invoice_id,
                version=invoice.version,
                own_entity_id=self.world.own.pk,
                issued_on=day,
                due_on=due,
            )
        with at(day, 15, 5):
            sent = send_invoice(
                by=self.world.am(story.firm),
                invoice_id=invoice_id,
                version=issued.version,
                channel="mail",
            )
        self.open_bills[invoice_id] = (story, bill, sent)

    def _pay(self, invoice_id: int, story: LineStory, bill: Bill, day: date) -> None:
        invoice = self.open_bills[invoice_id][2]
        if bill.share == 1:
            del self.open_bills[invoice_id]
        amount = round(bill.amount * bill.share / 100) * 100
        number = invoice.number or str(invoice.pk)
        when = invoice.issued_on or day
        purpose = f"Оплата по счету №{number} от {when:%d.%m.%Y} за рекламные услуги."
        self.queue.append(Transfer(day, self.payer(story.firm), amount, purpose))

    def _remind(self, day: date) -> None:
        """Two working days before the day to pay, on it, and two after: careful managers do."""
        calendar = current_calendar()
        for story, _bill, invoice in self.open_bills.values():
            if not invoice.sent_at or not invoice.due_on or story.firm.habit == "slow":
                continue
            due = day_index(invoice.due_on)
            if day_index(day) in {calendar.add_workdays(due, n) for n in (-2, 0, 2)}:
                with at(day, 13, 45):
                    manager = self.world.am(story.firm)
                    remind_of_payment(by=manager, invoice_id=invoice.pk, channel="messenger")

    def _top_up(self, day: date) -> None:
        """The Monday after the bank file specialists move what it brought to the ad accounts."""
        if day.weekday() != 0:
            return
        lines = {self.world.lines[one.firm.name, one.tool].pk: one.tool for one in self.stories}
        for line_id, amount in money_waiting(lines).items():
            with at(day, 11, 40):
                person = self.world.people[SPECIALISTS[lines[line_id]]]
                top_up(by=person, line_id=line_id, amount=amount, on=day)

    def payer(self, firm: Firm) -> Party:
        number = cast.FIRMS.index(firm) + 1
        if firm.habit == "third":
            return Party(
                "ООО «Партнёр-Снаб»",
                cast.inn_of(902),
                "780101001",
                account_of(902),
                cast.AGENCY_BIK,
            )
        return Party(
            firm.legal, cast.inn_of(number), "780101001", account_of(number + 100), cast.AGENCY_BIK
        )

    def _load_bank(self, day: date, *, last: bool = False) -> None:
        name = f"kl_to_1c_{day:%Y-%m-%d}.txt"
        if last:
            self.queue += self._puzzles(day)
        rows = [
            *self.queue,
            Transfer(day, BANK, 35_000, "Комиссия за ведение счета.", False, ORDER),
        ]
        self.queue.clear()
        file = self.bank.statement(self._joint(rows), day)
        with at(day, 17, 40):
            import_statement(
                by=self.world.people["zhanna"],
                statement=read(file, name),
                name=name,
                sha256=hashlib.sha256(file).hexdigest(),
                polite=False,
            )

        with at(day, 18, 15):
            self._settle(day)

    def _puzzles(self, day: date) -> list[Transfer]:
        """Papers for the accountant of the demo: a stranger, no number, money given back."""
        stranger = Party("ООО «Соседи»", cast.inn_of(901), "780101001", account_of(901))
        first, second = cast.FIRMS[3], cast.FIRMS[8]
        return [
            Transfer(day, stranger, 4_800_000, f"Оплата рекламы за {second.legal}"),
            Transfer(day, self.payer(first), 3_500_000, "Аванс за рекламные услуги по договору"),
            Transfer(day, self.payer(second), 1_000_000, "Возврат излишне уплаченного", False),
        ]

    def _settle(self, day: date) -> None:
        """The accountant settles what matching only proposed; the last week is left to visitors."""
        if day > self.today - timedelta(days=16):
            return
        for paper in BankDocument.objects.filter(match=BankDocument.Match.UNSETTLED):
            shares = [
                Share(invoice_id=invoice, amount=amount)
                for invoice, amount in paper.proposal["shares"]
            ]
            settle(
                by=self.world.people["zhanna"],
                document_id=paper.pk,
                shares=shares,
                client_id=paper.proposal["client"],
                remember=paper.proposal["kind"] == "third_party",
            )

    def _joint(self, rows: list[Transfer]) -> list[Transfer]:
        """A client who pays two invoices of a week in one payment."""
        merged: dict[str, Transfer] = {}
        rest = []
        joint = {firm.legal for firm in cast.FIRMS if firm.habit == "joint"}
        for row in rows:
            known = merged.get(row.party.name) if row.party.name in joint else None
            if known:
                known.amount += row.amount
                known.purpose += " " + row.purpose
                continue
            merged[row.party.name] = row
            rest.append(row)
        return rest

    def _load_spend(self, last: date) -> None:
        by_tool: dict[str, list[Campaign]] = defaultdict(list)
        for story in self.stories:
            days = {story.first_day + timedelta(days=n): cost for n, cost in enumerate(story.spend)}
            name = f"{story.firm.name} | {cast.TOOLS[story.tool][0]}"
            by_tool[story.tool].append(Campaign(story.campaign, name, story.login, days))
        for tool, person, source in (("context", "darya", "direct"), ("target", "kirill", "vk")):
            file = spend_file(f"{source} {last}", by_tool[tool], self.spend_from, last)
            with at(min(_monday(last), self.today - timedelta(days=1)), 11, 30):
                import_spend(
                    by=self.world.people[person],
                    rows=report(file).rows(),
                    source=source,
                    name=f"{source}-{last}.tsv",
                    sha256=hashlib.sha256(file).hexdigest(),
                    polite=False,
                )
        self.spend_from = last + timedelta(days=1)
