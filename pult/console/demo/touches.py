"""The last strokes of the demo: exceptions, pauses, absences, a dispute, a signed parameter."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from pult.clients.actions import pause, set_trusted, set_weight
from pult.comms.actions import log_contact
from pult.console.demo import cast
from pult.console.demo.money_life import at
from pult.console.demo.story import working_days
from pult.console.demo.world import World
from pult.kernel.errors import PultError
from pult.people.actions import (
    close_day,
    decide_day,
    give_notice,
    name_deputy,
    note_lateness,
    set_absence,
    set_client_limit,
    set_duty,
    set_profile,
    set_schedule,
    set_topic,
)
from pult.people.daily import close_days
from pult.people.queries import all_departments
from pult.regulation import actions
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.models import Obligation
from pult.regulation.modes import install_modes, set_go_live, set_mode
from pult.regulation.parameters import sign_parameter

ESCALATING = ("5.3", "1.13")
SHADOW = "12.3"
LIMIT = 60_000_000


def open_regulation(world_people: dict, first: date) -> None:
    """The first day: clauses visible, two of them with their ladder, one only in shadow."""
    head = world_people["vera"]
    install_modes(Mode.VISIBLE, first)
    set_go_live(on=first, by=head, role="head")
    for clause in ESCALATING:
        set_mode(
            clause=clause,
            mode=Mode.ESCALATING,
            since=first,
            by=head,
            role="head",
            reason="Деньги клиента: предупреждаем руководителя сразу",
        )
    set_mode(
        clause=SHADOW,
        mode=Mode.SHADOW,
        since=first,
        by=head,
        role="head",
        reason="Смотрим месяц, прежде чем показывать людям",
    )


def let_newcomers_in(world: World, today: date) -> None:
    """Clients of last week: the regulation asks about them from the day they came."""
    for firm in cast.FIRMS:
        if firm.habit == "new":
            scope = ("client", world.clients[firm.name].pk)
            set_go_live(on=today - timedelta(days=9), by=None, role="head", scope=scope)


def trust(world: World, today: date) -> None:
    """Two months ago the head trusted a client, with a limit and a last day."""
    for firm in cast.FIRMS:
        if firm.habit == "trusted":
            with at(today - timedelta(days=60), 12):
                set_trusted(
                    by=world.people["vera"],
                    client_id=world.clients[firm.name].pk,
                    reason_code="long_together",
                    limit=LIMIT,
                    until=today + timedelta(days=20),
                    note="Платит третий год без задержек",
                )


def pause_lines(world: World, today: date) -> None:
    """Clients on a break: known days, so the forecast and the rhythm wait with them."""
    for firm in cast.FIRMS:
        if firm.habit == "paused":
            with at(today - timedelta(days=7), 13):
                pause(
                    by=world.am(firm),
                    client_id=world.clients[firm.name].pk,
                    first_day=today - timedelta(days=6),
                    last_day=today + timedelta(days=8),
                    reason_code="holiday",
                    note="Инвентаризация у клиента",
                )


def sign_number(world: World, today: date) -> None:
    """Three weeks ago the head gave the department one more attempt at a number."""
    with at(today - timedelta(days=21), 16):
        sign_parameter(
            name="invoice.lead",
            value=8,
            effective_from=today - timedelta(days=20),
            reason="Два клиента подряд платили на восьмой день",
            by=world.people["vera"],
            role="head",
        )


def talk_about_rows(world: World, today: date) -> None:
    """Yesterday's hands: a postponed row, a disputed one, a row nobody found useful."""
    yesterday = today - timedelta(days=1)
    live = Obligation.objects.filter(mode__gte=Mode.VISIBLE, role="am").order_by("due", "pk")
    late = list(live.filter(state=State.OVERDUE)[:3])
    opened = list(live.filter(state=State.OPEN)[:3])
    with at(yesterday, 18, 30):
        for row in late[:1]:
            _try(
                actions.dispute,
                obligation_id=row.pk,
                proof="Клиент звонил сам в четверг, запись у секретаря",
                by=world.people["anna"],
                role="am",
            )
        for row in opened[:1]:
            _try(
                actions.postpone,
                obligation_id=row.pk,
                until=today + timedelta(days=1),
                reason="Клиент просил вернуться к разговору завтра",
                by=world.people["anna"],
                role="am",
            )
        for row in opened[1:2]:
            _try(actions.mark_useless, obligation_id=row.pk, by=world.people["boris"], role="am")


def limit_clients(world: World, today: date) -> None:
    """A week ago the head said how many clients one may hold; a cafe is half the work."""
    with at(today - timedelta(days=7), 12, 40):
        head = world.people["vera"]
        set_client_limit(clients=9, by=head)
        set_client_limit(clients=8, user=world.people["boris"], by=head)
        set_weight(by=head, client_id=world.clients["Кофейня Зерно"].pk, hundredths=50)


TOPICS = (
    ("Акты и закрывающие документы", "сверка УПД бухгалтерия", "accountant", ""),
    ("Контекстная реклама клиента", "директ поиск кампания", "executor", "context"),
    ("Таргет клиента", "вк таргетированная", "executor", "target"),
    ("Доступы и почта", "пароль вход компьютер", "it", ""),
    ("Договоры и скидки", "условия допник", "head", ""),
)


def map_topics(world: World, today: date) -> None:
    """Whom to ask about what; and how to reach those who are asked most."""
    with at(today - timedelta(days=6), 12, 10):
        departments = {one.code: one for one in all_departments()}
        for name, words, role, code in TOPICS:
            department = departments.get(code)
            set_topic(
                by=world.people["vera"], name=name, words=words, role=role, department=department
            )
        for number, (login, person) in enumerate(sorted(world.people.items())):
            if login != "olga":
                set_profile(user=person, by=person, phone=f"+7 900 100-00-{number:02}")


def lend_people(world: World, today: date) -> None:
    """One manager is away and covered; the next days have somebody on duty."""
    with at(today - timedelta(days=1), 11, 5):
        set_absence(
            user=world.people["boris"],
            category="leave",
            since=today,
            until=today + timedelta(days=4),
            substitute=world.people["anna"],
            by=world.people["vera"],
        )
        name_deputy(
            principal=world.people["vera"],
            deputy=world.people["irina"],
            role="head",
            since=today + timedelta(days=3),
            until=today + timedelta(days=7),
            by=world.people["vera"],
        )
        week = [(11 * 60, 16 * 60)] * 5 + [None, None]
        set_schedule(user=world.people["irina"], week=week, by=world.people["vera"])
        for offset in range(14):
            login = ("anna", "irina", "boris")[offset % 3]
            if login == "boris" and offset < 5:
                login = "irina"
            set_duty(day=today + timedelta(days=offset), user=world.people[login], by=None)


def live_the_day(world: World, today: date) -> None:
    """Yesterday evening: one manager closed the day with a reason and a plan, another's lapsed."""
    last = max(working_days(today - timedelta(days=14), today - timedelta(days=1)))
    firm = next(firm for firm in cast.FIRMS if world.am(firm) == world.people["anna"])
    # The client called and nobody was at the telephone. Noted now: what a later talk did of it is
    # known already.
    log_contact(
        by=world.people["anna"],
        client_id=world.clients[firm.name].pk,
        channel="call",
        outcome="attempt",
        direction="in",
        at=datetime.combine(last, time(16, 20), tzinfo=ZoneInfo(settings.TIME_ZONE)),
    )
    with at(last, 18, 40):
        _try(
            close_day,
            by=world.people["anna"],
            mail_is_clear=True,
            one_reason="Ждём ответа клиентов, вернусь утром",
            plan="Согласовать план с «Умкой», закрыть вопрос по счёту",
        )
    with at(last, 23, 40):
        close_days()
    with at(last, 12, 10):
        _try(note_lateness, user=world.people["anna"], minutes=25, by=world.people["anna"])
    words = {"about": "late", "decision": "excused", "reason": "told"}
    with at(last, 18, 10):
        _try(decide_day, user=world.people["anna"], by=world.people["vera"], **words)
    with at(today - timedelta(days=1), 19, 10):  # said before today, whatever hour it is now
        _try(
            give_notice,
            user=world.people["irina"],
            day=today,
            kind="late",
            expected_at=time(12),
            by=world.people["irina"],
        )


def _try(action, **arguments) -> None:
    """A stroke that today's ledger has no room for is left out: the picture stays true."""
    try:
        action(**arguments)
    except PultError:
        return
