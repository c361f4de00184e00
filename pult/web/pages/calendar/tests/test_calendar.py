import re
from datetime import date

import pytest
from django.urls import reverse

from pult.comms.actions import log_contact
from pult.kernel.calendar import day_index
from pult.regulation.calendars import current_calendar
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.evaluate.tests.shapes import minute
from pult.regulation.models import CalendarVersion, Obligation
from pult.regulation.sweep import sweep
from pult.regulation.timers import tick
from pult.web.pages.my_day.tests.world import build

pytestmark = pytest.mark.django_db


def test_a_year_has_its_days_and_says_why_they_are_special(login, cast, freeze, within_budget):
    freeze("2026-03-10 12:00")
    address = reverse("calendar_year", args=[2026])
    page = within_budget(login(cast.anna), "calendar", address).context["page"]
    assert (page.working, page.short) == (247, 4)
    assert sum(len(month.days) for month in page.months) == 365
    notes = {day.iso: day.note for day in page.special}
    assert "03.01.2026" in notes["2026-01-09"]
    assert "канун" in notes["2026-04-30"]


def test_a_head_edits_a_day_with_a_reason_and_a_new_version_appears(login, cast, freeze):
    freeze("2026-03-10 12:00")
    address = reverse("calendar_day", args=["2026-12-30"])
    assert login(cast.vera).post(address, {"kind": "off"}).status_code == 422
    said = {"kind": "off", "reason": "Приказ №7: корпоративный день"}
    assert login(cast.vera).post(address, said).status_code == 303
    assert CalendarVersion.objects.get().author == cast.vera
    page = login(cast.anna).get(reverse("calendar_year", args=[2026])).context["page"]
    assert page.working == 246
    assert "Приказ №7: корпоративный день" in [day.note for day in page.special]


def test_in_the_last_quarter_a_missing_year_is_told(login, cast, freeze):
    freeze("2027-10-01 12:00")
    text = login(cast.vera).get(reverse("calendar")).content.decode()
    assert "Нет календаря на следующий год" in text
    freeze("2027-09-30 12:00")
    assert "Нет календаря" not in login(cast.vera).get(reverse("calendar")).content.decode()


def test_a_year_past_what_is_published_is_provisional(login, cast, freeze):
    freeze("2026-03-10 12:00")
    page = login(cast.anna).get(reverse("calendar_year", args=[2031])).context["page"]
    assert page.is_provisional


@pytest.mark.parametrize("wrong", ["2026-02-30", "soon", "1999-01-01"])
def test_a_day_that_is_not_there_is_404(login, cast, wrong):
    assert login(cast.vera).get(f"/calendar/days/{wrong}/").status_code == 404
    assert login(cast.vera).get("/calendar/3000/").status_code == 404


def test_the_hours_of_a_department_are_signed_on_a_page_and_shown(login, cast, freeze):
    freeze("2026-03-10 12:00")
    address = reverse("calendar_hours") + "?unit=accounts"
    times = {"start": "10:00", "lunch_start": "13:00", "lunch_end": "13:00", "end": "18:00"}
    said = times | {"since": "2026-03-11", "reason": "Пробуем раньше"}
    assert login(cast.vera).post(address, said | {"end": "09:00"}).status_code == 422
    assert login(cast.vera).post(address, said | {"start": "ten"}).status_code == 422
    wrong = login(cast.vera).post(address, said | {"whose": "galaxy"})
    assert (wrong.status_code, "поле «Чьи часы»" in wrong.text) == (422, True)
    assert login(cast.vera).post(address, said).status_code == 303
    page = login(cast.anna).get(reverse("calendar") + "?unit=accounts").context["page"]
    assert "10:00–18:00 без обеда с 11.03.2026" in page.versions[0].words
    freeze("2026-03-11 12:00")
    text = login(cast.anna).get(reverse("calendar") + "?unit=accounts").content.decode()
    assert "Часы работы: 10:00–18:00 без обеда." in text
    assert "11:00–19:00" in login(cast.anna).get(reverse("calendar")).content.decode()


def test_the_rows_a_day_off_moves_are_shown_before_it_is_signed(login, cast, freeze):
    freeze("2026-05-05 12:00")
    world = build(cast, Mode.VISIBLE)
    address = reverse("calendar_day", args=["2026-05-08"])
    said = {"kind": "off", "reason": "Выезд отдела"}
    shown = login(cast.vera).post(address, said)
    assert shown.status_code == 200
    text = shown.content.decode()
    assert world.forest.name in text
    # The form is narrower than the table of its rows, which stands above it.
    table, form = text.index("<table"), text.index('<form class="form"')
    assert table < form < text.index('name="seen" value="yes"')
    assert not CalendarVersion.objects.exists()
    assert login(cast.vera).post(address, said | {"seen": "yes"}).status_code == 303
    tick(sweep=sweep)
    row = Obligation.objects.filter(clause="9.1", root_id=world.forest.pk).latest("due")
    assert (row.due, row.state) == (minute("2026-05-07 19:00"), State.OPEN)


def test_a_day_off_taken_back_as_published_keeps_the_choice_through_the_look(login, cast, freeze):
    freeze("2026-05-05 12:00")
    build(cast, Mode.VISIBLE)
    address, told = reverse("calendar_day", args=["2026-05-08"]), {"reason": "Выезд отдела"}
    assert login(cast.vera).post(address, told | {"kind": "off", "seen": "yes"}).status_code == 303
    tick(sweep=sweep)
    shown = login(cast.vera).post(address, told | {"kind": ""})
    assert shown.context["page"].changes.rows
    ticked = re.findall(r'name="kind" value="(\w*)"[^>]*checked', shown.content.decode())
    assert ticked == [""]
    said = told | {"kind": ticked[0], "seen": "yes"}
    assert login(cast.vera).post(address, said).status_code == 303
    assert current_calendar().kind(day_index(date(2026, 5, 8))) == "short"


def test_the_look_shows_rows_still_asked_whose_date_moves_and_how_many_more(
    login, cast, freeze, monkeypatch
):
    freeze("2026-05-05 12:00")
    world = build(cast, Mode.VISIBLE)
    live = Obligation.objects.filter(due__gte=minute("2026-05-05 12:00"))
    address = reverse("calendar_day", args=["2026-05-08"])
    said = {"kind": "off", "reason": "Выезд отдела"}
    before = login(cast.vera).post(address, said).context["page"].changes
    assert {one.row.state for one in before.changed} <= {State.OPEN, State.FORECAST}
    assert all(one.due != one.row.due for one in before.changed)
    for _n in range(2):
        log_contact(by=cast.anna, client_id=world.forest.pk, channel="call", outcome="two_way")
    assert live.filter(root_id=world.forest.pk, clause="9.1", state=State.MET).exists()
    page = login(cast.vera).post(address, said).context["page"]
    moved = {(one.row.clause, one.row.root_id) for one in page.changes.changed}
    assert ("9.1", world.forest.pk) not in moved
    monkeypatch.setattr("pult.web.pages.calendar.preview.SHOWN_CHANGES", 1)
    text = login(cast.vera).post(address, said).content.decode()
    assert f"и ещё {page.changes.rows - 1}" in text


def test_a_unit_that_is_not_there_is_404(login, cast):
    assert login(cast.vera).get(reverse("calendar") + "?unit=galaxy").status_code == 404
    assert login(cast.vera).get(reverse("calendar_hours") + "?unit=galaxy").status_code == 404


def test_a_department_s_day_off_is_edited_apart_and_taken_back(login, cast, freeze):
    freeze("2026-03-10 12:00")
    address = reverse("calendar_day", args=["2026-03-12"]) + "?unit=accounts"
    for kind, working in (("off", 246), ("", 247)):
        said = {"kind": kind, "reason": "Выезд отдела"}
        assert login(cast.vera).post(address, said).status_code == 303
        own = login(cast.anna).get("/calendar/2026/?unit=accounts").context["page"]
        assert own.working == working
    assert login(cast.anna).get("/calendar/2026/").context["page"].working == 247


@pytest.mark.parametrize("wrong", ["9999-12-31", "1999-12-31", "soon"])
def test_a_calendar_is_not_known_until_a_day_out_of_this_world(login, cast, freeze, wrong):
    freeze("2026-03-10 12:00")
    address = reverse("calendar_day", args=["2026-06-15"])
    sent = {"kind": "off", "reason": "День фирмы", "known_until": wrong, "looked": "yes"}
    assert login(cast.vera).post(address, sent).status_code == 422
    assert not CalendarVersion.objects.exists()


def test_what_the_calendar_does_not_offer_is_named(login, cast, pack):
    page = login(cast.anna).get(reverse("calendar") + "?unit=accounts&kind=zzz")
    assert "kind=zzz" in page.text
    assert "unit=accounts" not in str(list(page.context["messages"]))
