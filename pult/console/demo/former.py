"""The system the demo agency used before: files brought in, and one still to be looked at."""

from datetime import date, timedelta

from pult.console.demo import cast
from pult.console.demo.money_life import at
from pult.console.demo.world import World
from pult.integrations.migration.actions.bringing import bring
from pult.integrations.migration.actions.deciding import decide
from pult.integrations.migration.actions.reading_files import read_file
from pult.integrations.migration.actions.sources import add_source, map_person
from pult.integrations.migration.models import Difference, Source

NAME = "Старый Мегаплан"
CLIENTS = ("Название / ФИО", "Статус", "Ответственный", "Сайт", "ИНН", "КПП", "Описание")
TASKS = ("Номер", "Название", "Статус", "Постановщик", "Ответственный", "Заказчик", "Дедлайн",
         "Описание")  # fmt: skip
KPP = "780101001"
LEFT = "Степан Вербин"  # worked there and is nobody here


def move_in(world: World, today: date) -> None:
    """Yesterday the head brought files of the old system in: what it says otherwise than Pult waits
    for the managers, and a second list of clients for the head."""
    head = world.people["vera"]
    yesterday = today - timedelta(days=1)
    with at(yesterday, 11):
        source = add_source(by=head, system="megaplan", name=NAME, go_live=yesterday)
        _bring(world, source, "klienty.csv", CLIENTS, _known())
        for person in source.people.filter(name=LEFT):
            map_person(by=head, person_id=person.pk, user_id=None)
        _bring(world, source, "zadachi.csv", TASKS, _tasks(today))
    with at(yesterday, 12, 30):
        told = Difference.objects.filter(item__source=source, field="about")
        taken, later = (
            told.get(client__name=name).pk for name in ("Мебель Лофт-14", "Турклуб Азимут")
        )
        decide(by=world.people["anna"], difference_id=taken, decision="theirs")
        decide(by=head, difference_id=later, decision="later", until=today + timedelta(days=6))
    with at(yesterday, 15, 40):
        data = _file(CLIENTS, _to_look_at())
        read_file(by=head, source_id=source.pk, data=data, name="klienty-arhiv.csv", kind="company")


def _bring(
    world: World,
    source: Source,
    name: str,
    titles: tuple[str, ...],
    rows: list[tuple[str, ...]],
) -> None:
    head, kind = world.people["vera"], "task" if titles is TASKS else "company"
    data = _file(titles, rows)
    batch, _export = read_file(by=head, source_id=source.pk, data=data, name=name, kind=kind)
    bring(by=head, batch_id=batch.pk, polite=False)


def _known() -> list[tuple[str, ...]]:
    """Clients Pult has already, some of them told differently there."""
    said = {
        "Мебель Лофт-14": ("Мебель Лофт-14", "Анна Кравец", KPP, "кухни и шкафы"),
        "Клиника Аврора": ("Клиника Аврора", "Анна Кравец", "780201001", "стоматология"),
        "Ветклиника Лапа": ("Ветклиника Лапа", "Анна Кравец", KPP, "ветеринария и груминг"),
        "Турклуб Азимут": ("Турклуб Азимут", "Анна Кравец", KPP, "походы, сплавы и туры"),
        "Логистика Маршрут": ("Маршрут Экспресс", "Ирина Соколик", KPP, "перевозки"),
        "Пекарня Опара": ("Пекарня Опара", LEFT, KPP, "хлеб и торты"),
    }
    numbers = {firm.name: cast.inn_of(place) for place, firm in enumerate(cast.FIRMS, 1)}
    return [
        (there, "Действующий клиент", manager, "", numbers[here], kpp, about)
        for here, (there, manager, kpp, about) in said.items()
    ]


def _tasks(today: date) -> list[tuple[str, ...]]:
    soon = (today + timedelta(days=4)).strftime("%d.%m.%Y 15:00")
    given = ("В работе", "Анна Кравец", "Дарья Мельник")
    return [
        ("118", "Баннеры к распродаже", *given, "Мебель Лофт-14", soon, "Три размера, до пятницы"),
        ("124", "Минус-слова за квартал", *given, "Клиника Аврора", soon, "Собрать по отчёту"),
        ("97", "Отчёт за прошлый год", "Завершена", *given[1:], "Клиника Аврора", "", ""),
    ]


def _to_look_at() -> list[tuple[str, ...]]:
    """Two that are new, one that looks like a client there is, one with a number that is wrong."""
    return [
        ("Сады Полынь", "Потенциальный", "Борис Лаптев", "sady.example", "", "", "саженцы"),
        ("Прокат Весло", "Потенциальный", "Борис Лаптев", "", cast.inn_of(505), "", "лодки"),
        ("ООО «Кофейня Зерно»", "Потенциальный", LEFT, "", "", "", "кофе"),
        ("Оптика Линза", "Потенциальный", "Ирина Соколик", "", "7801234567", "", "очки"),
    ]


def _file(titles: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    return "".join(";".join(row) + "\n" for row in (titles, *rows)).encode()
