"""Handovers of the demo agency: one from sales on its way, one between managers begun."""

from datetime import date, timedelta

from pult.clients.actions import add_account, add_contact, add_entity, create_client
from pult.clients.actions import handover as acts
from pult.clients.actions.replacing import ask_replacement, keep_manager, set_demand
from pult.console.demo import cast
from pult.console.demo.money_life import at
from pult.console.demo.world import World
from pult.people.actions import set_strengths

SOLD = "Сыроварня Пастбище"
BRIEF = {
    "folder": "Клиенты/Пастбище",
    "sold": "Контекстная реклама, 80 000 ₽ в месяц, с первого числа",
    "proposal": "https://files.example/pastbische-predlozhenie",
    "goals": "Заявки от магазинов: 40 в месяц к осени",
    "wishes": "Решает владелец, звонить после обеда",
}


def hand_over(world: World, today: date) -> None:
    """Yesterday sales began with a client that has not paid yet; the head shares out one more."""
    people = world.people
    with at(today - timedelta(days=1), 16, 20):
        seller = people["gleb"]
        client = create_client(by=seller, name=SOLD, about="сыры для магазинов и кафе")
        entity = add_entity(
            by=seller, client_id=client.pk, name="ООО «Пастбище»", inn=cast.inn_of(404)
        )
        add_account(by=seller, entity_id=entity.pk, account="40702810100000000020", bik="044525225")
        add_contact(by=seller, client_id=client.pk, name="Арсений Лужин", position="владелец")
        row = acts.start_handover(by=seller, client_id=client.pk, receiver=people["irina"])
        acts.edit_brief(by=seller, handover_id=row.pk, version=row.version, **BRIEF)
        for kind in ("appendix", "addendum"):
            acts.add_paper(by=seller, handover_id=row.pk, kind=kind)
        acts.add_paper(
            by=seller,
            handover_id=row.pk,
            kind="contract",
            name="Договор.txt",
            content="Договор подписан обеими сторонами".encode(),
        )
    with at(today - timedelta(days=1), 17, 10):
        moved = world.clients["Ремонт Терем"]
        acts.start_between(
            by=people["vera"],
            giver=people["irina"],
            shares={moved.pk: people["anna"]},
            reason="load",
            limit_reason="Ирина берёт нового клиента",
        )


def suit_clients(world: World, today: date) -> None:
    """What managers are good at, what some clients ask for, and two who wanted another manager."""
    people, clients = world.people, world.clients
    with at(today - timedelta(days=40), 11):
        for who, kinds in (
            ("anna", ["order", "figures"]),
            ("boris", ["creative", "bold"]),
            ("irina", ["order", "talks"]),
        ):
            set_strengths(user=people[who], kinds=kinds, by=people["vera"])
        for name, risk, creativity, strictness in (
            ("Книжный Абзац", 2, 3, 1),
            ("Фитнес Ритм", 3, 2, 2),
        ):
            set_demand(
                by=people["vera"],
                client_id=clients[name].pk,
                version=0,
                risk=risk,
                creativity=creativity,
                strictness=strictness,
            )
        row = ask_replacement(
            by=people["boris"],
            client_id=clients["Фитнес Ритм"].pk,
            asked_by="Пётр Лугов",
            reason="Отчёт пришёл на неделю позже",
        )
    with at(today - timedelta(days=39), 12):
        keep_manager(
            by=people["vera"],
            ask_id=row.pk,
            reason="Отчёт задержала площадка, Борис предупредил в тот же день",
            told="Показали переписку с площадкой, отчёты теперь до третьего числа",
        )
    with at(today - timedelta(days=1), 15):
        ask_replacement(
            by=people["irina"],
            client_id=clients["Книжный Абзац"].pk,
            asked_by="Рита Колос, маркетолог",
            reason="Хочет больше идей и меньше таблиц",
            proof="Письмо от вчерашнего дня",
        )
