"""What one manager tells the next: one form of all items, one list of ticks."""

import pytest

from pult.clients.actions import handover as acts
from pult.clients.models import Handover, HandoverItem
from pult.clients.tests.factories import make_client, make_line
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db

SIX = ("payment", "traits", "documents", "reporting", "grievances", "promises")


@pytest.fixture
def row(cast, freeze, pack) -> Handover:
    freeze("2026-03-02 12:00")
    client = make_client("Лес", am=cast.anna, about="Мебель")
    make_line(client)
    shares = {client.pk: cast.boris}
    batch = acts.start_between(by=cast.vera, giver=cast.anna, shares=shares, reason="load")
    return batch.handovers.get()


def send(browser, row, act, **form):
    return browser.post(f"/handovers/{row.pk}/acts/{act}/", form)


def page_of(browser, row):
    return browser.get(f"/handovers/{row.pk}/")


def told(row) -> dict[str, str]:
    return dict(row.items.values_list("code", "text"))


def test_six_items_are_told_at_once_each_with_its_own_fact(cast, login, row):
    anna = login(cast.anna)
    assert {f'name="text-{code}"' in page_of(anna, row).text for code in SIX} == {True}
    words = {f"text-{code}": f"О пункте {code}" for code in SIX[:5]}
    assert send(anna, row, "fill", **words, **{"none-promises": "yes"}).status_code == 303
    assert told(row) == {**{code: f"О пункте {code}" for code in SIX[:5]}, "promises": ""}
    assert row.items.get(code="promises").is_none
    edited = Fact.objects.filter(kind="handover.edited").values_list("payload", flat=True)
    assert sorted(one["fields"][0] for one in edited) == sorted(SIX)


def test_a_bad_one_among_them_is_named_and_none_is_written(cast, login, row):
    words = {f"text-{code}": "Есть что сказать" for code in SIX}
    refused = send(login(cast.anna), row, "fill", **words, **{"none-reporting": "yes"})
    assert refused.status_code == 422
    assert "Как отчитываемся" in refused.text.partition('role="alert"')[2].partition("</div>")[0]
    assert refused.text.count(">Есть что сказать</textarea>") == len(SIX)
    assert not HandoverItem.objects.exists()
    assert send(login(cast.anna), row, "fill").status_code == 422


def test_a_form_drawn_before_a_colleague_wrote_changes_only_what_was_touched(cast, login, row):
    told_item = {"by": cast.anna, "handover_id": row.pk, "code": "payment"}
    acts.fill_item(**told_item, version=0, text="Платит в срок")
    drawn = {"version-payment": "1", "text-was-payment": "Платит в срок"}
    acts.fill_item(**told_item, version=1, text="Платит с опозданием")
    anna, kept = login(cast.anna), {**drawn, "text-payment": "Платит в срок"}
    assert send(anna, row, "fill", **kept, **{"text-reporting": "Раз в месяц"}).status_code == 303
    assert told(row) == {"payment": "Платит с опозданием", "reporting": "Раз в месяц"}
    typed = {**drawn, "text-payment": "Платит сразу", "text-documents": "Почтой"}
    refused = send(anna, row, "fill", **typed)
    assert refused.status_code == 409
    assert "Особенности оплаты" in refused.text.partition('role="alert"')[2]
    assert "Платит сразу</textarea>" in refused.text
    assert "documents" not in told(row)


def test_the_receiver_takes_what_is_ticked(cast, login, row):
    acts.fill_item(by=cast.anna, handover_id=row.pk, code="payment", version=0, text="В срок")
    boris = login(cast.boris)
    page = page_of(boris, row)
    ready = page.context["page"].card.to_take
    assert page.text.count('form="take-items"') == len(ready)
    seen = {f"seen-{one.code}": one.version for one in ready}
    ticked = [one.code for one in ready if one.code != "payment"]
    assert send(boris, row, "take_items", code=ticked, **seen).status_code == 303
    left = page_of(boris, row).context["page"].card.to_take
    assert [one.code for one in left] == ["payment"]


def test_everybody_sees_the_acts_that_are_theirs(cast, login, row):
    giver, taker, head = (
        page_of(login(one), row).text for one in (cast.anna, cast.boris, cast.vera)
    )
    assert ("Сохранить рассказанное" in giver, "Принять отмеченное" in giver) == (True, False)
    assert ("Сохранить рассказанное" in taker, "Принять отмеченное" in taker) == (False, True)
    assert f"вместо того, кто отдаёт: {cast.anna.full_name}" in head
    assert f"вместо того, кто принимает: {cast.boris.full_name}" in head
    assert "вместо того" not in giver + taker


def test_the_progress_is_told_and_the_signature_waits_for_it(cast, login, row):
    anna = login(cast.anna)
    page = page_of(anna, row)
    items = page.context["page"].items
    assert f"Рассказано {items.told} из {items.total} · принято 0" in page.text
    assert "Подписать: всё рассказано" not in page.text
    untold = [one.item.code for one in items.lines if not one.item.is_filled]
    nothing = {f"none-{code}": "yes" for code in untold}
    assert send(anna, row, "fill", **nothing).status_code == 303
    page = page_of(anna, row).text
    assert f"Рассказано {items.total} из {items.total}" in page
    assert "Подписать: всё рассказано" in page
