"""The demo agency's last ten weeks, played through the real actions under a stopped clock.

Every working day: contacts and meetings, invoices asked, issued and sent; every Friday the bank
statement and every Monday the spend exports are imported, as the accountant and the specialist
would do it.
"""

from collections.abc import Callable
from datetime import date, timedelta

from pult.clients.actions import start_line
from pult.comms.actions import log_contact, log_meeting
from pult.console.demo import cast
from pult.console.demo.cast import Firm
from pult.console.demo.money_life import MoneyLife, at
from pult.console.demo.story import working_days
from pult.console.demo.work_life import WorkLife
from pult.kernel.errors import Refusal

Progress = Callable[[int, int], None]
CHANNELS = ("call", "call", "messenger", "mail")
NOTES = (
    "Обсудили заявки за неделю",
    "Согласовали тексты",
    "Вопрос по бюджету на следующий месяц",
    "Показали цену заявки",
    "Уточнили сроки акции",
)


class Life(MoneyLife):
    """Plays the stories day by day; `today` itself is left to the visitor."""

    def play(self, progress: Progress) -> None:
        work = WorkLife(self.world, self.today)
        days = list(working_days(self.first - timedelta(days=5), self.today - timedelta(days=1)))
        for done, day in enumerate(days):
            self._live(day)
            work.live(day)
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
            self._load_bank(day, last=last)
        if (day.weekday() == 0 or last) and day > self.first:
            self._load_spend(self.today - timedelta(days=1) if last else day - timedelta(days=1))

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
