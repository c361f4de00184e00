"""М3.3, М3.4, М3.5 and 13.5 on real days: a day closes clean or with reasons, or by itself."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Q

from pult.kernel.errors import Refusal
from pult.kernel.models import Fact
from pult.people.actions import close_day, decide_day, note_lateness, set_absence, set_schedule
from pult.people.daily import close_days
from pult.people.left import left_for, to_read
from pult.people.models import CarryOver, DayClose
from pult.people.queries import business_day, plan_for, said_of
from pult.regulation.models import Obligation
from pult.work.actions import comment_task, mark_all_read, mark_read
from pult.work.models import Task
from pult.work.tests.factories import make_task

MARCH_4, MARCH_5 = date(2026, 3, 4), date(2026, 3, 5)


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Moscow"))


@pytest.fixture
def evening(scene, freeze):
    """Анна's client is without a first contact: rows are left for her."""
    scene.at("2026-03-10 18:40")
    return scene


def test_a_day_closes_from_half_past_six_on(scene, freeze):
    freeze("2026-03-02 18:29")
    with pytest.raises(Refusal, match="18:30"):
        close_day(by=scene.cast.anna, mail_is_clear=True)
    freeze("2026-03-02 18:30")
    close_day(by=scene.cast.anna, mail_is_clear=True, one_reason="Завтра с утра")


def test_whoever_ends_earlier_closes_earlier(scene, freeze):
    freeze("2026-03-02 14:40")
    week = [(11 * 60, 15 * 60)] * 5 + [None, None]
    set_schedule(user=scene.cast.anna, week=week, by=scene.cast.vera)
    close_day(by=scene.cast.anna, mail_is_clear=True, one_reason="Завтра с утра")


def test_what_is_left_without_a_word_keeps_the_day_open_13_5(evening):
    anna = evening.cast.anna
    task = make_task(evening.client, anna, "wish")
    Task.objects.filter(pk=task.pk).update(assignee=anna, urgent=True)
    left = left_for(anna, date(2026, 3, 10), date(2026, 3, 11))
    calm = {one.key: "Завтра" for one in left if one.is_today}
    with pytest.raises(Refusal) as refused:
        close_day(by=anna, mail_is_clear=True, reasons=calm)
    assert refused.value.clause == "13.5"
    assert not DayClose.objects.exists()
    assert Fact.objects.filter(kind="gate.refused", key="13.5").exists()
    close = close_day(by=anna, mail_is_clear=True, one_reason="Ждём ответа бухгалтерии")
    assert close.left == CarryOver.objects.count() > 0
    assert set(CarryOver.objects.values_list("reason", flat=True)) == {"Ждём ответа бухгалтерии"}


def test_a_reason_of_its_own_goes_before_the_common_one(evening):
    anna = evening.cast.anna
    close = close_day(by=anna, mail_is_clear=True, one_reason="Завтра")
    first = close.carried.first()
    again = close_day(
        by=anna,
        mail_is_clear=True,
        one_reason="Завтра",
        reasons={f"{first.source}-{first.item_id}": "Клиент в отъезде"},
    )
    assert again.pk == close.pk
    assert again.carried.get(item_id=first.item_id).reason == "Клиент в отъезде"
    assert DayClose.objects.count() == 1


def test_mail_is_read_or_explained_m3_3(evening):
    anna = evening.cast.anna
    with pytest.raises(Refusal) as refused:
        close_day(by=anna, mail_is_clear=False, one_reason="Завтра")
    assert refused.value.clause == "М3.3"
    close = close_day(by=anna, mail_is_clear=False, mail_reason="Рассылка", one_reason="Завтра")
    assert (close.mail, close.mail_reason) == ("explained", "Рассылка")


def test_words_stay_out_of_the_facts(evening):
    close_day(by=evening.cast.anna, mail_is_clear=False, mail_reason="Тайна", one_reason="Секрет")
    told = Fact.objects.filter(kind__startswith="person.").values_list("payload", flat=True)
    assert not any("Тайна" in str(one) or "Секрет" in str(one) for one in told)


def test_the_plan_is_there_the_next_morning(evening, freeze):
    close_day(by=evening.cast.anna, mail_is_clear=True, one_reason="Завтра", plan="Позвонить в Лес")
    freeze("2026-03-11 10:50")
    assert plan_for(evening.cast.anna, business_day()) == "Позвонить в Лес"


def test_an_unsigned_day_closes_by_itself_and_nothing_goes_up(evening, freeze):
    before = Fact.objects.filter(kind="escalation.sent").count()
    freeze("2026-03-10 23:40")
    assert close_days() == 2
    assert close_days() == 0
    lapsed = DayClose.objects.get(user=evening.cast.anna)
    assert lapsed.signed_at is None
    assert lapsed.left == lapsed.carried.count() > 0
    assert Fact.objects.filter(kind="escalation.sent").count() == before
    assert not Fact.objects.filter(kind="person.day_closed").exists()


def test_a_day_off_and_a_day_away_do_not_close(scene, freeze):
    freeze("2026-03-07 23:40")
    assert close_days() == 0
    freeze("2026-03-10 23:40")
    today = business_day()
    set_absence(user=scene.cast.anna, category="leave", since=today, until=today, by=None)
    assert close_days() == 1


def test_only_account_managers_close_days(evening):
    with pytest.raises(Refusal):
        close_day(by=evening.cast.zhanna, mail_is_clear=True)


def test_a_comment_unread_keeps_the_day_open_m3_4(evening):
    anna, darya = evening.cast.anna, evening.cast.darya
    task = make_task(evening.client, anna)
    comment_task(by=darya, task_id=task.pk, text="Какой баннер брать?")
    with pytest.raises(Refusal) as refused:
        close_day(by=anna, mail_is_clear=True, one_reason="Завтра")
    assert refused.value.clause == "М3.4"
    mark_read(by=anna, task_id=task.pk)
    close = close_day(by=anna, mail_is_clear=True, one_reason="Завтра")
    assert not close.carried.filter(source="talk").exists(), "a comment is never carried over"


def test_what_is_due_today_is_done_or_carried_over_with_a_reason_m3_5(scene):
    anna = scene.cast.anna
    task = make_task(scene.client, anna, "wish", due=moment("2026-03-04 19:00"))
    Task.objects.filter(pk=task.pk).update(assignee=anna)
    scene.at("2026-03-04 18:40")
    burning = {one.key: "Завтра" for one in left_for(anna, MARCH_4, MARCH_5) if not one.is_today}
    with pytest.raises(Refusal) as refused:
        close_day(by=anna, mail_is_clear=True, reasons=burning)
    assert refused.value.clause == "М3.5"
    reasons = burning | {f"task-{task.pk}": "Ждём счёт клиента"}
    assert close_day(by=anna, mail_is_clear=True, reasons=reasons).left == len(reasons)


def test_comments_said_after_the_page_was_shown_stay_unread(evening):
    anna, darya = evening.cast.anna, evening.cast.darya
    task = make_task(evening.client, anna)
    first = comment_task(by=darya, task_id=task.pk, text="Готово")
    evening.freeze("2026-03-10 18:45")
    comment_task(by=darya, task_id=task.pk, text="Нет, ещё вопрос")
    assert mark_all_read(by=anna, until=first.at) == 1
    (talk,) = to_read(left_for(anna, date(2026, 3, 10), date(2026, 3, 11)))
    assert talk.unread == 1


def test_nothing_follows_from_lateness_by_itself_m1_3_m2_3(scene):
    for day in (3, 4, 5):
        scene.at(f"2026-03-0{day} 13:00")
        note_lateness(user=scene.cast.anna, minutes=120, by=scene.cast.vera)
    scene.at("2026-03-16 12:00")
    said = Obligation.objects.filter(Q(clause__startswith="М1") | Q(clause="М2.3"))
    assert not said.exists()
    assert Fact.objects.filter(kind="person.late", state="over").count() == 3


def test_the_head_decides_about_a_day_and_nothing_follows_m1_3_m2_3(scene):
    scene.at("2026-03-03 13:00")
    for about in ("late", "client"):
        decide_day(
            user=scene.cast.anna, by=scene.cast.vera, about=about, decision="remark", reason="again"
        )
    scene.at("2026-03-16 12:00")
    assert not Obligation.objects.filter(Q(clause__startswith="М1") | Q(clause="М2.3")).exists()
    assert not Fact.objects.filter(kind="escalation.sent").exists()
    assert {one.about for one in said_of(scene.cast.anna, date(2026, 3, 16))[1]} == {
        "late",
        "client",
    }
