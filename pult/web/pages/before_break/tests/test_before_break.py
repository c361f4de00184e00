from datetime import date

import pytest

from pult.money.models import Invoice
from pult.people.models import DutyPerson

pytestmark = pytest.mark.django_db


def owe(world, day, number):
    return Invoice.objects.create(
        client=world.forest,
        number=number,
        year=2026,
        status="sent",
        issued_on=date(2026, 4, 29),
        due_on=day,
        total=120_000_00,
        requested_by=world.cast.anna,
    )


def test_payments_inside_the_break_and_right_after_it_stand_apart(world, login):
    owe(world, date(2026, 5, 10), "71")
    owe(world, date(2026, 5, 13), "72")
    owe(world, date(2026, 7, 13), "73")
    text = login(world.cast.anna).get("/before-the-break/").content.decode()
    inside, after = text.split('id="after"')
    assert "срок оплаты счёта 71" in inside
    assert "срок оплаты счёта 72" in after
    assert "счёта 73" not in text


def test_a_head_names_who_is_on_duty_and_a_manager_only_reads(world, login):
    sent = {"day": "2026-05-09", "person": world.cast.boris.pk}
    assert login(world.cast.anna).post("/before-the-break/duty/", sent).status_code == 403
    vera = login(world.cast.vera)
    assert vera.post("/before-the-break/duty/", sent).status_code == 303
    assert DutyPerson.objects.get().user == world.cast.boris
    assert vera.post("/before-the-break/duty/", {"day": "2026-05-09"}).status_code == 422
    text = login(world.cast.anna).get("/before-the-break/").content.decode()
    assert world.cast.boris.full_name in text
    assert "<select" not in text


def test_when_no_break_is_near_the_page_says_so(world, login, freeze):
    freeze("2026-07-01 12:00")
    assert "Праздники не скоро" in login(world.cast.anna).get("/before-the-break/").content.decode()
