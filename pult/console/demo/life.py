"""The demo agency's last three months, played through the real actions under a stopped clock.

Every working day: contacts and meetings, invoices asked, issued and sent; every Friday the bank
statement and every Monday the spend exports are imported, as the accountant and the specialist
would do it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from pult.clients.actions import start_line
from pult.comms.actions import log_contact, log_meeting
from pult.console.demo import cast
from pult.console.demo.cast import Firm
from pult.console.demo.files import Bank, Campaign, Transfer, spend_file
from pult.console.demo.story import DAYS, Bill, LineStory, working_days
from pult.console.demo.world import SPECIALISTS, World, account_of
from pult.integrations.direct_report import report
from pult.integrations.statement import read
from pult.integrations.statement.model import Party
from pult.kernel import clock
from pult.kernel.calendar import day_index
from pult.kernel.errors import Refusal
from pult.kernel.money import standard_vat, without_vat
from pult.money.actions.invoices import (
    Wanted,
    issue_invoice,
    remind_of_payment,
    request_invoice,
    send_invoice,
)
from pult.money.actions.spend import import_spend, top_up
from pult.money.actions.statements import import_statement
from pult.money.models import Invoice
from pult.regulation.calendars import current_calendar

Progress = Callable[[int, int], None]
CHANNELS = ("call", "call", "messenger", "mail")
NOTES = (
    "Обсудили заявки за неделю",
    "Согласовали тексты",
    "Вопрос по бюджету на следующий месяц",
    "Показали цену заявки",
    "Уточнили сроки акции",
)


@contextmanager
def at(day: date, hour: int, minute: int = 0) -> Iterator[None]:
    """Live at this local time."""
    zone = ZoneInfo(settings.TIME_ZONE)
    with clock.frozen(datetime.combine(day, time(hour, minute), tzinfo=zone)):
        yield


class Life:
    """Plays the stories day by day; `today` itself is left to the visitor."""

    def __init__(self, world: World, stories: list[LineStory], today: date, seed: int) -> None:
        self.world, self.stories, self.today = world, stories, today
        self.first = today - timedelta(days=DAYS)
        self.random = Random(seed)
        self.bank = Bank(self.first - timedelta(days=5))
        self.queue: list[Transfer] = []
        self.open_bills: dict[int, tuple[LineStory, Bill, Invoice]] = {}
        self.to_top_up: list[tuple[LineStory, int]] = []
        self.spend_from = self.first
        self.number = 0

    def play(self, progress: Progress) -> None:
        days = list(working_days(self.first - timedelta(days=5), self.today - timedelta(days=1)))
        for done, day in enumerate(days):
            self._live(day)
            progress(done + 1, len(days))

    def _live(self, day: date) -> None:
        last = not any(working_days(day + timedelta(days=1), self.today - timedelta(days=1)))
        self._invoices(day)
        self._remind(day)
        self._top_up(day)
        self._talk(day)
        if day >= self.first:
            self._start(day)
        if day.weekday() == 4 or last:
            self._load_bank(day)
        if (day.weekday() == 0 or last) and day > self.first:
            self._load_spend(self.today - timedelta(days=1) if last else day - timedelta(days=1))

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
        _story, _bill, invoice = self.open_bills.pop(invoice_id)
        amount = round(bill.amount * bill.share / 100) * 100
        number = invoice.number or str(invoice.pk)
        when = invoice.issued_on or day
        self.to_top_up.append((story, without_vat(amount, standard_vat(day))))
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
        """The morning after the bank file the specialist moves the money to the ad account."""
        if day.weekday() != 0:
            return
        waiting, self.to_top_up = self.to_top_up, []
        for story, amount in waiting:
            line = self.world.lines[story.firm.name, story.tool]
            with at(day, 11, 40):
                person = self.world.people[SPECIALISTS[story.tool]]
                top_up(by=person, line_id=line.pk, amount=amount, on=day)

    def payer(self, firm: Firm) -> Party:
        number = cast.FIRMS.index(firm) + 1
        if firm.habit == "third":
            return Party(
                "ООО «Партнёр-Снаб»",
                cast.inn_of(900),
                "780101001",
                account_of(900),
                cast.AGENCY_BIK,
            )
        return Party(
            firm.legal, cast.inn_of(number), "780101001", account_of(number), cast.AGENCY_BIK
        )

    def _start(self, day: date) -> None:
        """Lines start once money is there; the new clients' try is refused by 6.1."""
        for (name, tool), line in self.world.lines.items():
            if line.started_at or day < self.first + timedelta(days=2):
                continue
            firm = next(firm for firm in cast.FIRMS if firm.name == name)
            is_new = firm.habit == "new"
            if is_new and day < self.today - timedelta(days=3):
                continue
            with at(day, 14, 30):
                try:
                    started = start_line(by=self.world.am(firm), line_id=line.pk)
                    self.world.lines[name, tool] = started
                except Refusal:
                    continue

    def _talk(self, day: date) -> None:
        week = day.isocalendar().week
        for number, firm in enumerate(cast.FIRMS):
            quiet = firm.habit == "silent" and day > self.today - timedelta(days=10)
            if firm.habit == "new" and day < self.today - timedelta(days=9):
                continue
            turn = (number * 3 + week) % 5
            lazy = firm.habit == "slow" and week % 3 == 0
            if quiet or day.weekday() not in ((turn,) if lazy else (turn, (turn + 2) % 5)):
                continue
            self._contact(firm, day)
            if day.day <= 7 and firm.habit != "silent" and day.weekday() == turn:
                self._meet(firm, day)

    def _contact(self, firm: Firm, day: date) -> None:
        client = self.world.clients[firm.name]
        attempt = self.random.random() < 0.03
        with at(day, self.random.choice((12, 14, 15, 16, 17)), self.random.randint(0, 59)):
            log_contact(
                by=self.world.am(firm),
                client_id=client.pk,
                channel=self.random.choice(CHANNELS),
                outcome="attempt" if attempt else "two_way",
                note="" if attempt else self.random.choice(NOTES),
            )

    def _meet(self, firm: Firm, day: date) -> None:
        with at(day, 18, 10):
            log_meeting(
                by=self.world.am(firm),
                client_id=self.world.clients[firm.name].pk,
                minutes="Итоги месяца, план на следующий, бюджет без изменений.",
            )

    def _load_bank(self, day: date) -> None:
        name = f"kl_to_1c_{day:%Y-%m-%d}.txt"
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


BANK = Party(cast.AGENCY_BANK, "7700000016", "", "47423810000000000007", cast.AGENCY_BIK)
ORDER = "Банковский ордер"


def _monday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
