"""A small agency in the middle of its week, told through facts; the shipped pack is switched on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pult.clients.models import Client, OpeningBalance, ServiceLine
from pult.clients.tests.factories import make_client, make_line
from pult.money.models import MoneyWait
from pult.regulation import editions, registry
from pult.regulation.evaluate.table import Mode
from pult.regulation.models import Obligation
from pult.regulation.modes import install_modes
from pult.regulation.tests.world import tell

NOW = "2026-05-05 12:00"  # a Tuesday between the May holidays


@dataclass
class World:
    """Анна holds «Лесная мебель» and «Ясный день», Борис «Меридиан»; all is said by NOW."""

    cast: Any
    forest: Client
    clinic: Client
    motors: Client
    line: ServiceLine
    search: ServiceLine

    def row(self, clause: str, client: Client | None = None) -> Obligation:
        return Obligation.objects.get(clause=clause, root_id=(client or self.forest).pk)

    def rows(self, clause: str) -> list[Obligation]:
        found = Obligation.objects.filter(clause=clause, root_id=self.forest.pk)
        return list(found.order_by("subject_id", "pk"))


def build(cast: Any, mode: Mode = Mode.VISIBLE) -> World:
    """Money of two lines ends on 18 May; an invoice is to be paid by 7 May."""
    editions.sync()
    registry.forget()
    forest = make_client("Лесная мебель", am=cast.anna)
    clinic = make_client("Клиника «Ясный день»", am=cast.anna)
    motors = make_client("Автосалон «Меридиан»", am=cast.boris)
    world = World(
        cast, forest, clinic, motors, make_line(forest, "Поиск"), make_line(motors, "Таргет")
    )
    install_modes(mode, date(2019, 1, 1))
    registry.forget()
    for client in (forest, clinic, motors):
        tell("client.status", root=client.pk, state="client", at="2026-04-01 12:00")
    for client, line in ((forest, world.line), (motors, world.search)):
        tell("spend.loaded", root=client.pk, line=line.pk, day="2026-05-04")
        tell("line.funds_end", root=client.pk, line=line.pk, key="may", day="2026-05-18")
    return world


def ad_money_waits(world: World, kopecks: int) -> None:
    """Money for the ads of «Лесная мебель» lies at the agency and П.1 was told of it."""
    OpeningBalance.objects.create(
        client=world.forest,
        line=world.line,
        day=date(2026, 5, 1),
        with_agency=kopecks,
        set_by=world.cast.anna,
        set_at="2026-05-01T00:00:00Z",
    )
    MoneyWait.objects.create(line=world.line, state=MoneyWait.State.WAITS, amount=kopecks)
    tell("line.money_waits", root=world.forest.pk, line=world.line.pk, state="waits")
