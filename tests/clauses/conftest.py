"""An agency with the shipped pack switched on, one client, and its rows by clause."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from pult.clients.actions import add_line, create_client, link_feed
from pult.clients.models import Client, OpeningBalance, ServiceLine
from pult.clients.tests.factories import make_own_entity
from pult.kernel import clock
from pult.money.actions.invoices import Wanted, issue_invoice, request_invoice, send_invoice
from pult.money.actions.spend import import_spend
from pult.money.models import Invoice
from pult.money.tests.spend_world import Row
from pult.regulation import editions, modes, registry, sweep
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.models import Obligation
from pult.regulation.timers import tick

MONDAY = "2026-03-02 11:00"


@dataclass
class Scene:
    """«Ромашка» is Анна's client from Monday 2 March 2026 on, with one line of search."""

    cast: Any
    freeze: Callable[[str], Any]
    client: Client
    line: ServiceLine

    def at(self, moment: str) -> None:
        """Time passes; what was due meanwhile is judged as the worker would."""
        self.freeze(moment)
        tick(sweep=sweep.sweep)

    def rows(self, clause: str) -> list[tuple[str, date]]:
        """(state, due day) of the clause's rows, by due."""
        found = Obligation.objects.filter(clause=clause).order_by("due", "row_key", "part")
        return [(State(row.state).name.lower(), _day(row.due)) for row in found]

    def states(self, clause: str) -> list[str]:
        return [state for state, _due in self.rows(clause)]

    def invoice(self, *, send: bool = True, **fields: Any) -> Invoice:
        """Asked for by Анна, issued by Жанна, and sent unless told otherwise."""
        wanted = [Wanted(line_id=self.line.pk, amount=122_000_00)]
        asked = request_invoice(
            by=self.cast.anna,
            client_id=self.client.pk,
            lines=wanted,
            covers_from=fields.pop("covers_from", None),
            covers_to=fields.pop("covers_to", None),
        )
        issued = issue_invoice(by=self.cast.zhanna, invoice_id=asked.pk, version=1, **fields)
        if send:
            version = issued.version
            send_invoice(by=self.cast.anna, invoice_id=asked.pk, version=version, channel="mail")
        return Invoice.objects.get(pk=asked.pk)

    def spend(
        self, last: date, *, days: int = 60, cost: int = 1_000_00, login: str = "romashka"
    ) -> None:
        """A report of `days` even days up to `last`, dropped by Дарья's account manager."""
        rows = [Row(last - timedelta(days=n), cost, login=login) for n in range(days)]
        import_spend(
            by=self.cast.anna,
            rows=rows,
            source="direct",
            name="report.tsv",
            sha256=f"{login}{last}",
            vat_included=False,
        )

    def had(self, with_agency: int, since: date) -> None:
        """The line ran before the move-in and had this money with the agency, kopecks."""
        ServiceLine.objects.filter(pk=self.line.pk).update(status=ServiceLine.Status.RUNNING)
        OpeningBalance.objects.create(
            client=self.client,
            line=self.line,
            day=since,
            with_agency=with_agency,
            on_platform=0,
            set_by=self.cast.vera,
            set_at=clock.now(),
        )


def _day(minute: int) -> date:
    return clock.from_minute(minute).date()


@pytest.fixture
def scene(cast: Any, freeze: Callable[[str], Any]) -> Iterator[Scene]:
    freeze(MONDAY)
    editions.sync()
    modes.install_modes(Mode.VISIBLE, date(2020, 1, 1))
    registry.forget()
    make_own_entity()
    client = create_client(by=cast.vera, name="Ромашка", status="client", am=cast.anna)
    line = add_line(
        by=cast.anna,
        client_id=client.pk,
        name="Поиск",
        tool="context",
        platform="direct",
        monthly_budget=30_000_00,
    )
    link_feed(by=cast.anna, line_id=line.pk, source="direct", login="romashka")
    yield Scene(cast, freeze, client, line)
    registry.forget()
    sweep.forget()
