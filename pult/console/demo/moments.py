"""Moments a visitor asks to see: a deal, an exception, a contractor's act, a returned project,
somebody who had to go at once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from pult.clients.actions import add_account, add_contact, add_entity, create_client
from pult.clients.actions import handover as acts
from pult.clients.queries.load import load_of
from pult.console.demo import cast
from pult.console.demo.money_life import at
from pult.console.demo.world import World
from pult.kernel.errors import PultError
from pult.money.actions.deals import make_deal
from pult.regulation.actions import Target, waive
from pult.work import actions
from pult.work.actions.prices import make_act, set_price

RETURNED = "Пекарня Колос"
BRIEF = {
    "folder": "Клиенты/Колос",
    "sold": "Реклама во «ВКонтакте», 60 000 ₽ в месяц",
    "proposal": "https://files.example/kolos-predlozhenie",
    "goals": "Заказы тортов: 25 в неделю",
    "wishes": "Пишет управляющая, звонков не любит",
}
PAPERS = ("contract", "invoice", "proposal", "plan", "strategy")


def live_moments(world: World, today: date) -> None:
    """Each stands by itself: one that today's ledger has no room for is left out."""
    for moment in (_leave_at_once, _enter_a_deal, _let_launch, _pay_contractor, _return_project):
        try:
            moment(world, today)
        except PultError:
            continue


def _leave_at_once(world: World, today: date) -> None:
    """Nobody could reach Семён three days ago: his entry is shut, Ирина conducts his client."""
    giver, taker = world.people["semyon"], world.people["irina"]
    firms = [firm for firm in cast.FIRMS if firm.am == "semyon"]
    with at(today - timedelta(days=3), 9, 15):
        acts.note_access(by=world.people["ilya"], user=giver, name="Кабинет рекламы", level="owner")
        acts.hand_over_urgently(
            by=world.people["vera"],
            giver=giver,
            shares={world.clients[firm.name].pk: taker for firm in firms},
            reason="urgent",
            all_of=load_of(giver).clients,
            limit_reason="До Семёна не дозвониться, клиента нельзя оставить без менеджера",
        )


def _enter_a_deal(world: World, today: date) -> None:
    with at(today - timedelta(days=5), 12, 30):
        make_deal(
            by=world.people["anna"],
            client_id=world.clients["Северный паркет"].pk,
            number="Приложение № 7",
            total=180_000_00,
            ad_budget=140_000_00,
            tech_cost=6_000_00,
        )


def _let_launch(world: World, today: date) -> None:
    """The client is on a trip and confirms what it expects next week; the head lets them start."""
    client = world.clients["Ветклиника Лапа"].pk
    with at(today - timedelta(days=2), 15):
        waive(
            target=Target("П.28", client, "client", client),
            until=today + timedelta(days=7),
            reason="Клиент в отъезде, ожидания подтвердит в понедельник",
            by=world.people["vera"],
            role="head",
        )


def _pay_contractor(world: World, today: date) -> None:
    """Павел drew two sets for an agreed price: one is in an act, the other is at work."""
    people, drawer = world.people, world.people["pavel"]
    done = _ask_of(world, "Мебель Лофт-14", "Рисунки для каталога", today - timedelta(days=12))
    with at(today - timedelta(days=8), 13):
        actions.take_task(by=drawer, task_id=done)
        actions.hand_in(by=drawer, task_id=done)
    with at(today - timedelta(days=7), 12):
        actions.accept_task(by=people["anna"], task_id=done)
    with at(today - timedelta(days=4), 16):
        make_act(
            by=people["zhanna"],
            contractor=drawer,
            first=today - timedelta(days=14),
            last=today - timedelta(days=5),
            task_ids=[done],
            entity_id=world.own.pk,
        )
    current = _ask_of(world, "Школа Умка", "Рисунки для осенних афиш", today - timedelta(days=2))
    with at(today - timedelta(days=1), 11):
        actions.take_task(by=drawer, task_id=current)


def _ask_of(world: World, firm: str, title: str, day: date) -> int:
    """A task of the contractor with its price; its id."""
    anna = world.people["anna"]
    with at(day, 12):
        task = actions.set_task(
            by=anna,
            client_id=world.clients[firm].pk,
            template="design",
            department="design",
            title=title,
            result="Набор рисунков в векторе",
            measure="Площадка приняла каждый файл",
            values={"sizes": "240×400, 300×250", "texts": "Без слов, только рисунок"},
            estimate=240,
        )
        actions.assign_task(
            by=world.people["marat"], task_id=task.pk, user_id=world.people["pavel"].pk
        )
        set_price(by=anna, task_id=task.pk, amount=18_000_00, terms="две правки входят в цену")
    return task.pk


def _return_project(world: World, today: date) -> None:
    """Глеб offered a sold project, Борис sent it back with two remarks: it is Глеб's move."""
    seller, taker = world.people["gleb"], world.people["boris"]
    with at(today - timedelta(days=2), 14):
        client = create_client(by=seller, name=RETURNED, about="хлеб и торты на заказ")
        entity = add_entity(
            by=seller, client_id=client.pk, name="ООО «Колос»", inn=cast.inn_of(405)
        )
        add_account(by=seller, entity_id=entity.pk, account="40702810100000000020", bik="044525225")
        add_contact(by=seller, client_id=client.pk, name="Майя Ветрова", position="управляющая")
        row = acts.start_handover(by=seller, client_id=client.pk, receiver=taker)
        acts.edit_brief(by=seller, handover_id=row.pk, version=row.version, **BRIEF)
        _lay_papers(acts.add_paper, seller, row.pk)
    with at(today - timedelta(days=2), 14, 40):
        acts.lift_gates(
            by=world.people["vera"],
            handover_id=row.pk,
            parts=["paid"],
            reason="Деньги идут из другого банка, письмо с платёжкой есть",
            until=today + timedelta(days=5),
        )
    with at(today - timedelta(days=2), 15):
        acts.offer_handover(by=seller, handover_id=row.pk)
    with at(today - timedelta(days=1), 12):
        acts.send_back(
            by=taker,
            handover_id=row.pk,
            remarks=[
                ("plan", "В медиаплане нет цены заявки"),
                ("contract", "Нет подписи клиента на последней странице"),
            ],
        )


def _lay_papers(lay: Callable[..., Any], seller: Any, row_id: int) -> None:
    for kind in PAPERS:
        content = f"{kind}: бумага учебного агентства".encode()
        lay(by=seller, handover_id=row_id, kind=kind, name=f"{kind}.txt", content=content)
    for kind in ("appendix", "addendum"):
        lay(by=seller, handover_id=row_id, kind=kind)
