"""Rows of the list are drawn once and kept; a reader sees their own language and what is now."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.utils import translation

from pult.clients.queries.directory import ClientRow
from pult.kernel import clock
from pult.regulation.queries.nearest import Nearest
from pult.web.pages.clients.page import Row
from pult.web.pages.clients.rows import drawn

NOON = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
CLIENT = ClientRow(
    id=7,
    name="Кофейня «Пар»",
    status="client",
    status_label="клиент",
    group="",
    am_id=1,
    am="Анна",
    tools=(),
    lines=0,
    budget=None,
    money=None,
)
ROW = Row(
    client=CLIENT,
    money_tone="plain",
    ends_on=None,
    next=Nearest("5.3", "Счёт заранее", NOON + timedelta(days=1), False),
    last_contact=NOON - timedelta(minutes=5),
)


def told(row: Row = ROW, now: datetime = NOON, ticks: bool = False) -> str:
    with clock.frozen(now):
        return drawn([row], ticks=ticks, money=False, status=True)


def test_a_kept_row_is_told_in_the_language_of_whoever_reads_it():
    with translation.override("ru"):
        assert "завтра" in told()
    with translation.override("en"):
        assert "tomorrow" in told()
        assert "завтра" not in told()


def test_the_last_contact_of_a_kept_row_goes_on_ageing():
    with translation.override("en"):
        assert "5 min ago" in told()
        assert "15 min ago" in told(now=NOON + timedelta(minutes=10))


def test_a_kept_row_counts_its_days_anew_after_midnight():
    with translation.override("en"):
        assert "tomorrow" in told()
        assert "today" in told(now=NOON + timedelta(hours=13))


def test_what_one_reader_may_choose_is_not_kept_for_another():
    assert 'name="ids"' in told(ticks=True)
    assert 'name="ids"' not in told()


def test_a_client_handed_over_is_drawn_anew_and_names_are_escaped():
    assert "Анна" in told()
    handed = told(replace(ROW, client=replace(CLIENT, am="<b>Борис")))
    assert "Анна" not in handed
    assert "&lt;b&gt;Борис" in handed
