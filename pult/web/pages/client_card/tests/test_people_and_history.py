"""Pages of a person's data, of own fields and of every change."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pult.clients import actions
from pult.clients.models import Client, Contact, CustomField, CustomValue, Merge
from pult.clients.tests import factories as make
from pult.kernel.facts import record, void
from pult.knowledge.actions import add_entry, concern_client
from pult.people.queries import business_day
from pult.web.models import SavedView


@pytest.fixture
def forest(cast):
    return make.make_client("Лесная мебель", am=cast.anna)


def post(person, name, args, /, **typed):
    return person.post(reverse(name, args=args), typed)


def test_a_person_is_handed_out_and_then_erased(login, cast, forest):
    contact = make.make_contact(forest, "Ирина Лесная", email="irina@les.ru")
    answer = post(login(cast.anna), "client_person_file", [forest.pk, contact.pk])
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "irina@les.ru" in answer.text
    erased = post(login(cast.vera), "client_person_erasure", [forest.pk, contact.pk])
    assert erased.status_code == 303
    assert Contact.objects.get().email == ""
    page = login(cast.vera).get(reverse("client_person_data", args=[forest.pk, contact.pk]))
    assert "irina@les.ru" not in page.text


def test_own_fields_are_added_filled_in_and_refused_at_their_field(login, cast, forest):
    vera = login(cast.vera)
    typed = {"name": "Оборот", "kind": "number", "place": 0}
    assert post(vera, "client_field_new", [], **typed).status_code == 303
    field = CustomField.objects.get()
    names = {f"custom_{field.pk}": "много", f"version_{field.pk}": 0}
    anna = login(cast.anna)
    wrong = post(anna, "client_custom", [forest.pk], **names)
    assert wrong.status_code in (409, 422)
    assert "много" in wrong.text
    assert 'aria-invalid="true"' in wrong.text
    names[f"custom_{field.pk}"] = "12 500"
    assert post(anna, "client_custom", [forest.pk], **names).status_code == 303
    assert CustomValue.objects.get().value == "12500"
    assert "12500" in anna.get(reverse("client_card", args=[forest.pk])).text


def test_every_change_is_shown_with_its_words(login, cast, forest):
    actions.edit_client(by=cast.anna, client_id=forest.pk, version=1, about="Сосна")
    text = login(cast.anna).get(reverse("client_history", args=[forest.pk])).text
    assert "Сосна" in text
    assert cast.anna.full_name in text


def test_a_double_is_told_while_it_is_typed_and_refused_until_it_is_another(login, cast, forest):
    actions.edit_client(by=cast.anna, client_id=forest.pk, version=1, about="Сосна")
    anna = login(cast.anna)
    asked = {"headers": {"HX-Request": "true", "HX-Target": "check"}}
    told = anna.get(reverse("client_alike"), {"name": "ООО Лесная мебель"}, **asked)
    assert reverse("client", args=[forest.pk]) in told.text
    typed = {"name": "Лесная мебель", "status": "lead"}
    refused = post(anna, "client_new", [], **typed)
    assert refused.status_code in (409, 422)
    said = "Есть очень похожая карточка: Лесная мебель. Откройте её"
    assert refused.text.count("Есть очень похожая карточка") == refused.text.count(said) == 1
    assert Client.objects.count() == 1
    assert post(anna, "client_new", [], is_another="on", **typed).status_code == 303


def test_two_cards_are_made_one_on_a_page_and_parted_again(login, cast, forest):
    other = make.make_client("Лесной двор", am=cast.boris)
    contact = make.make_contact(other)
    vera = login(cast.vera)
    wrong = post(vera, "client_merge", [forest.pk], other="Такого нет")
    assert wrong.status_code in (409, 422)
    assert post(vera, "client_merge", [forest.pk], other="Лесной двор").status_code == 303
    contact.refresh_from_db()
    assert contact.client_id == forest.pk
    assert "Лесной двор" in vera.get(reverse("client_card", args=[forest.pk])).text
    for name in ("client", "client_money", "client_person_new"):
        led = vera.get(reverse(name, args=[other.pk]))
        assert (led.status_code, led.url) == (302, reverse(name, args=[forest.pk]))
    sent = post(vera, "client_person_new", [other.pk], name="Нина")
    assert sent.status_code == 409
    assert reverse("client", args=[forest.pk]) in sent.text
    past = vera.get(reverse("client_timeline", args=[other.pk])).text
    assert forest.name in past
    assert reverse("client_person_new", args=[other.pk]) not in past
    refused = login(cast.boris).get(reverse("client", args=[other.pk]))
    assert refused.status_code == 409
    merge, vera = Merge.objects.get(), login(cast.vera)
    assert post(vera, "client_merge_undo", [forest.pk, merge.pk]).status_code == 303
    contact.refresh_from_db()
    assert contact.client_id == other.pk


def test_whoever_erases_is_told_where_an_erasure_does_not_reach(login, cast, forest):
    contact = make.make_contact(forest, "Ирина Лесная", email="irina@les.ru")
    known = {"by": cast.vera, "keeper": cast.vera, "check_by": business_day() + timedelta(days=90)}
    entry = add_entry(subject="competitor", title="Пилорама", text="Спросить Ирину", **known)
    other = add_entry(subject="competitor", title="Лесопилка", text="Спросить охрану", **known)
    for one in (entry, other):
        concern_client(by=cast.anna, client_id=forest.pk, entry_id=one.pk)
    SavedView.objects.create(page="clients", name="Для Ирины", user=cast.anna)
    SavedView.objects.create(page="clients", name="Мои", user=cast.anna)
    address = reverse("client_person_data", args=[forest.pk, contact.pk])
    shown = login(cast.vera).get(address).context["page"].places
    assert [one.url for one in shown] == [reverse("entry", args=[entry.pk]), ""]
    assert "Для Ирины" in shown[1].label
    assert login(cast.anna).get(address).context["page"].places == ()


def test_a_reason_that_names_the_person_in_the_journal_is_shown_before_an_erasure(
    login, cast, forest
):
    contact = make.make_contact(forest, "Ирина Лесная")
    refs = {"client": forest.pk}
    for reason in ("Звонила Ирина, не туда", "Звонили не туда"):
        fact = record("client.confirmed", root_id=forest.pk, refs=refs, by=cast.anna)
        void(fact, by=cast.anna, reason=reason)
    address = reverse("client_person_data", args=[forest.pk, contact.pk])
    (shown,) = login(cast.vera).get(address).context["page"].places
    assert "Звонила Ирина, не туда" in shown.label
    assert shown.url == reverse("client_timeline", args=[forest.pk])


def test_the_head_finds_whose_term_has_passed_and_keeps_them_until_a_day(login, cast, forest):
    contact = make.make_contact(forest, "Ирина Лесная", left=True)
    gaps, address = (
        reverse("client_gaps"),
        reverse("client_person_data", args=[forest.pk, contact.pk]),
    )
    assert login(cast.anna).get(gaps).context["page"].past is None
    vera = login(cast.vera)
    assert address in vera.get(gaps).text
    until = business_day() + timedelta(days=30)
    typed = {"reason": "dispute", "until": until.isoformat()}
    keep = [forest.pk, contact.pk]
    late = {**typed, "until": (until + timedelta(days=400)).isoformat()}
    assert post(vera, "client_person_keep", keep, **late).status_code == 422
    assert post(vera, "client_person_keep", keep, **typed).status_code == 303
    assert address not in vera.get(gaps).text
    assert vera.get(address).context["page"].kept.until == until
    told = vera.get(reverse("client_timeline", args=[forest.pk])).text
    assert "Идёт спор" in told
