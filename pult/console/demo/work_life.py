"""The tasks of the demo agency: set, taken, bounced, handed in and accepted as the days go by."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pult.console.demo import cast
from pult.console.demo.cast import Firm
from pult.console.demo.money_life import at
from pult.console.demo.story import working_days
from pult.console.demo.world import World
from pult.people.models import User
from pult.work import actions
from pult.work.models import Task

DOERS = {"context": "darya", "target": "kirill", "design": "lidia", "seo": "mark"}


@dataclass(frozen=True)
class Ask:
    """What a manager asks a department for."""

    template: str
    department: str
    title: str
    result: str
    measure: str
    values: dict[str, Any]


ASKS = (
    Ask(
        "context",
        "context",
        "Кампания на осеннюю акцию",
        "Отдельная кампания с объявлениями об акции",
        "Показы идут, заявка не дороже 1 200 ₽",
        {"campaign": "Поиск: акция", "goal": "Заявки до 1 200 ₽", "budget": 60_000_00},
    ),
    Ask(
        "optimisation",
        "context",
        "Снизить цену заявки",
        "Заявка снова по плановой цене",
        "Цена заявки за неделю не выше плана",
        {"campaign": "Поиск: бренд", "problem": "Заявка 1 480 ₽ вместо 1 100 ₽"},
    ),
    Ask(
        "target",
        "target",
        "Новые аудитории для рассылки объявлений",
        "Три новые аудитории в показе",
        "По каждой есть первые пятьдесят переходов",
        {"campaign": "Лента новостей", "audience": "Семьи с детьми, до 5 км"},
    ),
    Ask(
        "design",
        "design",
        "Баннеры для сетей",
        "Набор баннеров во всех размерах",
        "Площадка приняла каждый файл",
        {"sizes": "240×400, 300×250, 728×90", "texts": "Скидка до конца месяца"},
    ),
    Ask(
        "seo",
        "seo",
        "Тексты на страницы услуг",
        "Пять страниц с новыми текстами",
        "Страницы в индексе, позиции не упали",
        {"site": "https://example.ru", "queries": "цена, отзывы, рядом"},
    ),
    Ask(
        "report",
        "context",
        "Отчёт за месяц",
        "Отчёт в форме, о которой договорились",
        "В отчёте показатели, статистика и список работ",
        {"period": "прошлый месяц", "form": "таблица и выводы на странице"},
    ),
    Ask(
        "wish",
        "accounts",
        "Узнать, когда будут новые фотографии",
        "Клиент назвал день",
        "День записан в карточке",
        {},
    ),
)
# How each task fares; the number is how many working days ago it was set.
FATES = (
    ("take", "log", "hand_in", "accept", 24),
    ("take", "log", "hand_in", "send_back", "hand_in", "accept", 18),
    ("take", "log", "talk", 2),
    ("mark", 1),
    ("take", "log", "hand_in", 3),
    ("bounce", 1),
    ("bounce", "mend", "take", "log", 6),
    ("take", "hand_in", "send_back", 4),
    ("cancel", 12),
    ("take", "ask", 7),
    ("take", "move", "talk", "hand_in", "accept", 15),
    ("dispute", "talk", 2),
)
TASKS = 72


class WorkLife:
    """Plays the steps of each task on the working days after it was set."""

    def __init__(self, world: World, today: date) -> None:
        self.world = world
        self.days = list(working_days(today - timedelta(days=60), today - timedelta(days=1)))
        self.steps: dict[date, list[tuple[str, int]]] = defaultdict(list)
        self.tasks: dict[int, Task] = {}
        for number in range(TASKS):
            *fate, ago = FATES[number % len(FATES)]
            begun = max(0, len(self.days) - ago - number // 24)
            for after, act in enumerate(("set", *fate)):
                day = self.days[min(begun + after // 2, len(self.days) - 1)]
                self.steps[day].append((act, number))

    def live(self, day: date) -> None:
        """Everything that happens to tasks on a day, from eleven on."""
        for place, (act, number) in enumerate(self.steps.get(day, ())):
            with at(day, 11 + place * 7 // 60, place * 7 % 60):
                getattr(self, f"_{act}")(number)

    def _set(self, number: int) -> None:
        firm, ask = self._firm(number), self._wanted(number)
        self.tasks[number] = actions.set_task(
            by=self.world.am(firm),
            client_id=self.world.clients[firm.name].pk,
            template=ask.template,
            department=ask.department,
            title=ask.title,
            result=ask.result,
            measure=ask.measure,
            values=ask.values,
            estimate=120 + number % 5 * 60,
            is_promised=number % 6 == 0,
            line_id=self._line(firm, ask),
        )

    def _take(self, number: int) -> None:
        self._do(actions.take_task, number, self._doer(number))

    def _log(self, number: int) -> None:
        self._do(actions.log_time, number, self._doer(number), minutes=45 + number % 4 * 30)

    def _hand_in(self, number: int) -> None:
        for item in self.tasks[number].checklist.filter(done_at=None):
            actions.tick_item(by=self._doer(number), item_id=item.pk, done=True)
        self._do(actions.hand_in, number, self._doer(number))

    def _accept(self, number: int) -> None:
        if self._state(number) == Task.State.DONE:
            self._do(actions.accept_task, number, self._manager(number))

    def _send_back(self, number: int) -> None:
        if self._state(number) in (Task.State.DONE, Task.State.ACCEPTED):
            reason = "В ссылках нет меток, поправьте, пожалуйста"
            self._do(actions.send_back, number, self._manager(number), reason=reason)

    def _bounce(self, number: int) -> None:
        if self._wanted(number).department not in DOERS:
            return  # nobody bounces what they set themselves
        note = "Не понятно, какой результат устроит клиента: нужна цифра"
        by = self._doer(number)
        self._do(actions.bounce_task, number, by, clause="М4.0", note=note, fields=["measure"])

    def _mend(self, number: int) -> None:
        task = Task.objects.get(pk=self.tasks[number].pk)
        if task.state != Task.State.BOUNCED:
            return
        measure = f"{task.measure}, срок проверки — неделя"
        told = {"version": task.version, "measure": measure}
        self._do(actions.mend_task, number, self._manager(number), **told)

    def _cancel(self, number: int) -> None:
        self._do(actions.cancel_task, number, self._manager(number), reason_code="client")

    def _mark(self, number: int) -> None:
        self._do(actions.set_flag, number, self._manager(number), flag="urgent", on=True)

    def _dispute(self, number: int) -> None:
        self._do(actions.set_flag, number, self._manager(number), flag="is_disputed", on=True)

    def _talk(self, number: int) -> None:
        doer = self._doer(number)
        told = {"text": "Успеваем к сроку?", "mention_ids": [doer.pk]}
        self._do(actions.comment_task, number, self._manager(number), **told)
        self._do(actions.comment_task, number, doer, text="Да, осталось проверить ссылки")

    def _ask(self, number: int) -> None:
        due = Task.objects.get(pk=self.tasks[number].pk).due + timedelta(days=3)
        self._do(actions.ask_move, number, self._doer(number), due=due, reason_code="load")

    def _move(self, number: int) -> None:
        due = Task.objects.get(pk=self.tasks[number].pk).due + timedelta(days=2)
        told = {"due": due, "reason_code": "waits", "note": "Клиент пришлёт фотографии позже"}
        self._do(actions.move_due, number, self._manager(number), **told)

    def _state(self, number: int) -> str:
        return Task.objects.get(pk=self.tasks[number].pk).state

    def _do(self, act: Callable[..., Any], number: int, by: User, **told: Any) -> None:
        act(by=by, task_id=self.tasks[number].pk, **told)

    def _firm(self, number: int) -> Firm:
        return cast.FIRMS[number % len(cast.FIRMS)]

    def _wanted(self, number: int) -> Ask:
        return ASKS[(number + number // len(cast.FIRMS)) % len(ASKS)]

    def _line(self, firm: Firm, ask: Ask) -> int | None:
        line = self.world.lines.get((firm.name, ask.department))
        return line.pk if line else None

    def _manager(self, number: int) -> User:
        return self.world.am(self._firm(number))

    def _doer(self, number: int) -> User:
        login = DOERS.get(self._wanted(number).department)
        return self.world.people[login] if login else self._manager(number)
