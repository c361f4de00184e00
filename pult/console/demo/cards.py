"""What the demo's managers know of their clients: goals, habits, plans, a wish that is late."""

from datetime import date, timedelta

from pult.clients import actions
from pult.console.demo import cast
from pult.console.demo.cast import Firm
from pult.console.demo.money_life import at
from pult.console.demo.world import World

PARTS = {
    "business": "Сезонный спрос: пик весной и осенью, зимой продажи вдвое ниже",
    "product": "Главный товар даёт две трети выручки, его и продвигаем",
    "market": "Три соседа в районе, один держит цену ниже",
    "promotion": "Поиск окупается, баннеры пробовали и выключили",
    "payment": "Платят по вторникам, счёт согласует владелец",
    "documents": "Акты подписывают в ЭДО до пятого числа",
    "reporting": "Отчёт в понедельник, одна страница, владельцу и маркетологу",
}
EVERY = 3


def fill_cards(world: World, today: date) -> None:
    """A field of the agency's own, and every third card filled in; the others have their gaps."""
    with at(today - timedelta(days=20), 10):
        field = actions.add_custom_field(
            by=world.people["vera"], name="Сегмент", kind="choice", options="Розница\nУслуги\nОпт"
        )
    for number, firm in enumerate(cast.FIRMS):
        _note_wishes(world, firm, today)
        if number % EVERY == 0:
            _fill(world, firm, today, field.pk)


def _note_wishes(world: World, firm: Firm, today: date) -> None:
    told = {"by": world.am(firm), "client_id": world.clients[firm.name].pk}
    with at(today - timedelta(days=16), 12):
        actions.add_aim(**told, kind="campaign", text="Сто заявок в месяц не дороже 900 рублей")
        if firm.habit == "silent":
            late = today - timedelta(days=2)
            actions.add_aim(**told, kind="wish", text="Отчёт на одной странице", due_on=late)


def _fill(world: World, firm: Firm, today: date, field_id: int) -> None:
    client = world.clients[firm.name]
    told = {"by": world.am(firm), "client_id": client.pk}
    with at(today - timedelta(days=15), 15):
        for kind, text in PARTS.items():
            actions.write_block(**told, kind=kind, version=0, text=text)
        actions.add_aim(**told, kind="long", text="Открыть второй город через два года")
        actions.add_aim(**told, kind="need", text="Понять, какие заявки доходят до оплаты")
        actions.judge_solvency(**told, grade="good", figures="Платит вовремя, долгов нет")
        values, versions = {field_id: "Услуги"}, {field_id: 0}
        actions.set_custom_values(**told, values=values, versions=versions)
        review = today + timedelta(days=45)
        plan = actions.make_plan(
            **told, kind="account", text="Поднять бюджет поиска на треть", review_on=review
        )
        for text, days in (("Показать прогноз владельцу", -1), ("Согласовать медиаплан", 9)):
            due = today + timedelta(days=days)
            actions.add_step(by=world.am(firm), plan_id=plan.pk, text=text, due_on=due)
        for contact in client.contacts.all()[:1]:
            actions.note_trait(
                by=world.am(firm), contact_id=contact.pk, kind="reach", text="Звонить после обеда"
            )
