"""Глеб has sold «Ромашка»; the shipped pack is switched on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from pult.clients import providers
from pult.clients.actions import handover as acts
from pult.clients.actions.handover import start_handover
from pult.clients.logic.handovers import MAY_BE_NONE, PAPERS
from pult.clients.models import BankAccount, Client, Handover
from pult.clients.tests.factories import (
    make_assignment,
    make_client,
    make_contact,
    make_entity,
)
from pult.regulation import editions, modes, registry, sweep
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.models import Obligation
from pult.regulation.timers import tick

BRIEF = {
    "folder": "files/romashka",
    "sold": "Контекст, 100 000 ₽ в месяц",
    "proposal": "https://files.example/proposal",
    "goals": "Заявки на садовую мебель",
}


@dataclass
class Sale:
    """A sold client whose money came, and what people do with it."""

    cast: Any
    freeze: Any
    client: Client
    money: list[tuple[int, int]]

    def start(self) -> Handover:
        return start_handover(by=self.cast.gleb, client_id=self.client.pk, receiver=self.cast.anna)

    def ready(self) -> Handover:
        """Everything a handover asks for is there."""
        row = self.start()
        acts.edit_brief(by=self.cast.gleb, handover_id=row.pk, version=1, **BRIEF)
        self.papers(row)
        return Handover.objects.get(pk=row.pk)

    def papers(self, row: Handover, *besides: str) -> None:
        for kind in PAPERS:
            if kind in besides:
                continue
            content = None if kind in MAY_BE_NONE else kind.encode()
            acts.add_paper(
                by=self.cast.gleb,
                handover_id=row.pk,
                kind=kind,
                name=f"{kind}.pdf",
                content=content,
            )

    def offered(self) -> Handover:
        row = self.ready()
        return acts.offer_handover(by=self.cast.gleb, handover_id=row.pk)

    def accepted(self) -> Handover:
        row = self.offered()
        return acts.accept_handover(
            by=self.cast.anna,
            handover_id=row.pk,
            version=row.version,
            checked_papers=True,
            checked_tools=True,
        )

    def at(self, moment: str) -> None:
        self.freeze(moment)
        tick(sweep=sweep.sweep)

    def states(self, clause: str) -> list[str]:
        found = Obligation.objects.filter(clause=clause).order_by("due", "row_key")
        return [State(row.state).name.lower() for row in found]


@pytest.fixture
def rules(db: None, freeze: Any, settings: Any, tmp_path: Any) -> Iterator[None]:
    """The shipped pack, loud since 2020, on Monday 2 March 2026."""
    settings.HOME = tmp_path  # a snapshot of another test's facts is nobody's here
    freeze("2026-03-02 12:00")
    editions.sync()
    modes.install_modes(Mode.VISIBLE, date(2020, 1, 1))
    yield
    registry.forget()
    sweep.forget()


@pytest.fixture
def sale(
    rules: None, cast: Any, freeze: Any, monkeypatch: Any, tmp_path: Any, settings: Any
) -> Sale:
    settings.MEDIA_ROOT = tmp_path
    money = [(100_000_00, 100_000_00)]
    monkeypatch.setattr(providers, "_covered", [lambda client_id: money[0]])
    client = make_client("Ромашка", status="lead")
    make_assignment(client, cast.gleb, "sales")
    entity = make_entity(client, inn="7707083893")
    BankAccount.objects.create(entity=entity, account="40702810100000000002", bik="044525225")
    make_contact(
        client,
        "Ирина Лес",
        email="irina@romashka.example",
        phone="+7 495 100-00-00",
        position="Директор",
        birthday_day=5,
        birthday_month=3,
    )
    return Sale(cast, freeze, client, money)
