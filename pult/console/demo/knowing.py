"""What the demo agency has written down: one entry of each subject, one of them out of date."""

from datetime import date, timedelta

from pult.console.demo.money_life import at
from pult.console.demo.world import World
from pult.knowledge.actions import add_entry, concern_client, rewrite_entry

FURNITURE = """# Как покупают

Выбирают от двух до шести недель, замер бесплатный у всех. Решает цена с доставкой.

# Сезон

- август и сентябрь: спрос выше на треть
- январь: тихо, самое время для ремонта сайта

> Спросите клиента, сколько замеров в неделю он успевает: больше заявок ему не нужно."""
CONTEXT = """# Что мы делаем

1. Собираем слова, которыми ищут товар.
2. Пишем объявления и ставим цели.
3. Раз в неделю смотрим, какие слова приводят заявки.

# Чего не обещаем

Числа заявок. Обещаем **порядок работы** и отчёт до пятого числа.

# Сколько стоит

| Бюджет рекламы в месяц | Наша работа |
|:--|--:|
| до 100 000 ₽ | 30 000 ₽ |
| до 500 000 ₽ | 12 % бюджета |
| больше | по договору |"""
CLICK = """Клик — это человек, который перешёл на сайт. *Не заявка и не звонок.*

Как сказать клиенту: «Реклама приводит людей в магазин. Купит ли человек, зависит от витрины»."""
RIVAL = """Заходят с бесплатным аудитом, звонят **по пятницам**. Предоплату берут за три месяца.

Ответ: показать клиенту его же отчёт за год."""
ORDER = """1. Разбудить менеджера клиента или его заместителя.
2. Остановить кампанию, записать время.
3. До десяти утра рассказать клиенту, что случилось."""
ORDER_NOW = """1. Остановить кампанию, записать время.
2. Позвонить дежурному, он находит менеджера клиента.
3. До десяти утра рассказать клиенту, что случилось и сколько потрачено."""


def write_down(world: World, today: date) -> None:
    """Half a year ago Вера wrote the first entries; the procedure was written anew a week ago."""
    people = world.people
    half, later = today - timedelta(days=170), today + timedelta(days=120)
    with at(half, 12):
        said = {"by": people["vera"], "check_by": later}
        furniture = add_entry(
            **said, subject="industry", title="Мебель на заказ", text=FURNITURE,
            keeper=people["anna"], words="кухни шкафы диваны",
        )  # fmt: skip
        add_entry(
            **said, subject="service", service="context", title="Контекстная реклама у нас",
            text=CONTEXT, keeper=people["egor"],
        )  # fmt: skip
        rival = add_entry(
            **said, subject="competitor", title="Агентство «Маяк»", text=RIVAL,
            keeper=people["vera"],
        )  # fmt: skip
        order = add_entry(
            **said, subject="procedure", title="Реклама тратит не туда", text=ORDER,
            keeper=people["egor"],
        )  # fmt: skip
        add_entry(
            by=people["vera"], subject="plain", service="context", title="Что такое клик",
            text=CLICK, keeper=people["anna"], check_by=today - timedelta(days=3),
            words="переход посетитель",
        )  # fmt: skip
    with at(today - timedelta(days=7), 15):
        rewrite_entry(
            by=people["egor"], entry_id=order.pk, version=order.version, title=order.title,
            text=ORDER_NOW, check_by=later, note="Сначала остановить, потом звонить",
            since=today - timedelta(days=7),
        )  # fmt: skip
        client = world.clients["Мебель Лофт-14"].pk
        concern_client(by=people["anna"], client_id=client, entry_id=furniture.pk)
        concern_client(by=people["vera"], client_id=client, entry_id=rival.pk)
