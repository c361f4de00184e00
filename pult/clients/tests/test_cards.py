"""Entering a client, editing it, handing it over, trusting it."""

from datetime import date, timedelta

import pytest

from pult.clients import actions
from pult.clients.access import holder
from pult.clients.actions import charge
from pult.clients.models import Client
from pult.clients.tests.factories import make_client, make_contact, make_user
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


def facts(client, *kinds):
    rows = Fact.objects.filter(root_id=client.pk).order_by("pk")
    return [(f.kind, f.state) for f in rows if not kinds or f.kind in kinds]


def test_entering_a_client_tells_its_status_and_its_holder(cast):
    client = actions.create_client(by=cast.anna, name=" Ромашка ")
    assert client.name == "Ромашка"
    assert holder(client.pk, "am") == cast.anna
    assert facts(client) == [
        ("client.created", ""),
        ("client.status", "lead"),
        ("client.assigned", ""),
    ]


def test_sales_enter_a_lead_of_their_own(cast):
    client = actions.create_client(by=cast.gleb, name="Ромашка")
    assert client.status == "lead"
    assert holder(client.pk, "am") is None
    assert holder(client.pk, "sales") == cast.gleb


def test_a_client_without_a_name_is_refused_and_nothing_is_written(cast):
    with pytest.raises(BadInput) as problem:
        actions.create_client(by=cast.anna, name="  ")
    assert problem.value.field == "name"
    assert not Client.objects.exists()


def test_an_edit_names_the_changed_columns_only(cast):
    client = make_client(am=cast.anna)
    actions.edit_client(by=cast.anna, client_id=client.pk, version=1, name="Ромашка", about="цветы")
    fact = Fact.objects.get(kind="client.edited")
    assert fact.payload == {"fields": ["about"]}
    assert Client.objects.get().version == 2


def test_saving_a_form_without_changes_leaves_no_trace(cast):
    client = make_client(am=cast.anna)
    actions.edit_client(by=cast.anna, client_id=client.pk, version=1, name="Ромашка")
    assert facts(client) == []


def test_the_second_of_two_editors_is_told_of_the_first(cast):
    client = make_client(am=cast.anna)
    actions.edit_client(by=cast.anna, client_id=client.pk, version=1, about="цветы")
    with pytest.raises(Conflict):
        actions.edit_client(by=cast.vera, client_id=client.pk, version=1, about="букеты")
    assert Client.objects.get().about == "цветы"


def test_a_foreign_client_cannot_be_edited(cast):
    client = make_client(am=cast.boris)
    with pytest.raises(NotVisible):
        actions.edit_client(by=cast.anna, client_id=client.pk, version=1, about="цветы")


def test_an_executor_cannot_edit_a_client(cast):
    client = make_client(am=cast.anna)
    with pytest.raises(Refusal) as refusal:
        actions.edit_client(by=cast.darya, client_id=client.pk, version=1, about="цветы")
    assert refusal.value.who


def test_a_status_moves_once(cast):
    client = make_client(am=cast.anna, status="lead")
    actions.set_status(by=cast.anna, client_id=client.pk, version=1, status="client")
    actions.set_status(by=cast.anna, client_id=client.pk, version=2, status="client")
    assert facts(client) == [("client.status", "client")]


def test_an_unknown_status_is_refused(cast):
    client = make_client(am=cast.anna)
    with pytest.raises(BadInput):
        actions.set_status(by=cast.anna, client_id=client.pk, version=1, status="friend")


def test_a_site_is_kept_without_scheme_and_path(cast):
    client = make_client(am=cast.anna)
    site = actions.add_site(
        by=cast.anna, client_id=client.pk, host="https://www.Romashka.ru/sale?x=1"
    )
    assert site.host == "romashka.ru"


def test_a_group_is_made_on_first_mention_and_left_with_an_empty_name(cast):
    client = make_client(am=cast.anna)
    actions.set_group(by=cast.anna, client_id=client.pk, version=1, group_name="Луг")
    assert Client.objects.get().group.name == "Луг"
    actions.set_group(by=cast.anna, client_id=client.pk, version=2, group_name="")
    assert Client.objects.get().group is None


def test_another_manager_of_a_lead_relieves_the_one_before_at_the_same_moment(cast):
    client = make_client(am=cast.anna, status="lead")
    moment = clock.now() + timedelta(days=7)
    actions.assign(by=cast.vera, client_id=client.pk, user=cast.boris, role="am", since=moment)
    assert holder(client.pk, "am") == cast.anna
    assert holder(client.pk, "am", moment) == cast.boris
    rows = Fact.objects.filter(root_id=client.pk).order_by("pk")
    kinds = [(f.kind, f.payload["user"], f.valid_at) for f in rows]
    assert kinds == [
        ("client.released", cast.anna.pk, moment),
        ("client.assigned", cast.boris.pk, moment),
    ]


def test_handing_over_to_the_same_person_changes_nothing(cast):
    client = make_client(am=cast.anna)
    actions.assign(by=cast.vera, client_id=client.pk, user=cast.anna, role="am")
    assert client.assignments.count() == 1
    assert facts(client) == []


def test_a_hand_over_behind_a_planned_one_is_refused(cast):
    client = make_client(am=cast.anna, status="lead")
    later = clock.now() + timedelta(days=7)
    actions.assign(by=cast.vera, client_id=client.pk, user=cast.boris, role="am", since=later)
    told = {"by": cast.vera, "client_id": client.pk, "user": cast.boris, "role": "am"}
    with pytest.raises(BadInput) as refused:
        actions.assign(**told, since=later - timedelta(days=1))
    assert refused.value.field == "since"
    with pytest.raises(BadInput) as refused:
        actions.assign(**told)
    assert (refused.value.field, refused.value.cure) == ("", "")


def test_whoever_is_slower_hands_over_from_whoever_was_quicker(cast, meanwhile):
    client = make_client(status="lead")
    told = {"client_id": client.pk, "role": "am"}
    meanwhile(charge, lambda: actions.assign(by=cast.zakhar, user=cast.anna, **told))
    actions.assign(by=cast.vera, user=cast.boris, **told)
    assert holder(client.pk, "am") == cast.boris
    assert client.assignments.filter(role="am", until=None).count() == 1


def test_somebody_put_in_charge_meanwhile_is_taken_off(cast, meanwhile):
    client = make_client(am=cast.anna, status="lead")
    told = {"client_id": client.pk, "user": cast.boris, "role": "am"}
    meanwhile(charge, lambda: actions.assign(by=cast.zakhar, **told))
    actions.release(by=cast.vera, **told)
    assert holder(client.pk, "am") is None


def test_a_client_is_given_only_to_a_person_with_the_role(cast):
    client = make_client()
    with pytest.raises(BadInput) as problem:
        actions.assign(by=cast.vera, client_id=client.pk, user=cast.darya, role="am")
    assert problem.value.field == "user"


def test_a_manager_does_not_hand_clients_over(cast):
    client = make_client(am=cast.anna)
    with pytest.raises(Refusal):
        actions.assign(by=cast.anna, client_id=client.pk, user=cast.boris, role="am")


def test_two_executors_work_for_one_client(cast):
    client = make_client(am=cast.anna)
    other = make_user("Роман Сухов", "executor")
    for person in (cast.darya, other):
        actions.assign(by=cast.egor, client_id=client.pk, user=person, role="executor")
    assert client.assignments.filter(role="executor", until=None).count() == 2
    actions.release(by=cast.egor, client_id=client.pk, user=other, role="executor")
    assert client.assignments.filter(role="executor", until=None).count() == 1


def test_trust_is_the_heads_word_and_ends_by_itself(cast, freeze):
    freeze("2026-03-10 12:00")
    client = make_client(am=cast.anna)
    actions.set_trusted(
        by=cast.vera,
        client_id=client.pk,
        reason_code="long_partner",
        limit=500_000_00,
        until=date(2026, 6, 30),
    )
    yes, no = Fact.objects.filter(kind="client.trusted").order_by("-state")
    assert (yes.state, yes.day, yes.payload["limit"]) == ("yes", date(2026, 6, 30), 500_000_00)
    assert (no.state, no.valid_at.isoformat()) == ("no", "2026-06-30T21:00:00+00:00")


@pytest.mark.parametrize("who", ["anna", "zhanna", "zakhar"])
def test_nobody_but_the_head_marks_a_client_trusted(cast, who):
    client = make_client(am=cast.anna)
    with pytest.raises(Refusal):
        actions.set_trusted(
            by=getattr(cast, who),
            client_id=client.pk,
            reason_code="friend",
            limit=1,
            until=date(2030, 1, 1),
        )


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("until", {"until": date(2020, 1, 1)}),
        ("limit", {"limit": 0}),
        ("reason_code", {"reason_code": " "}),
        ("reason_code", {"reason_code": "\u200b"}),
    ],
)
def test_trust_needs_a_reason_a_limit_and_a_day_ahead(cast, field, values):
    client = make_client(am=cast.anna)
    given = {"reason_code": "long_partner", "limit": 1, "until": date(2030, 1, 1), **values}
    with pytest.raises(BadInput) as problem:
        actions.set_trusted(by=cast.vera, client_id=client.pk, **given)
    assert problem.value.field == field


def test_new_trust_replaces_the_old_and_its_end(cast, freeze):
    freeze("2026-03-10 12:00")
    client = make_client(am=cast.anna)
    for until in (date(2026, 6, 30), date(2026, 9, 30)):
        actions.set_trusted(
            by=cast.vera, client_id=client.pk, reason_code="long_partner", limit=1, until=until
        )
    ends = Fact.objects.filter(kind="client.trusted", state="no", voided_by=None)
    assert [fact.valid_at.date() for fact in ends] == [date(2026, 9, 30)]
    assert client.trusted_marks.filter(ended_on=None).count() == 1


def test_revoked_trust_ends_now(cast):
    client = make_client(am=cast.anna)
    actions.set_trusted(
        by=cast.vera, client_id=client.pk, reason_code="x", limit=1, until=date(2030, 1, 1)
    )
    actions.revoke_trusted(by=cast.vera, client_id=client.pk)
    actions.revoke_trusted(by=cast.vera, client_id=client.pk)
    states = Fact.objects.filter(kind="client.trusted", voided_by=None).values_list("state")
    assert [state for (state,) in states.order_by("pk")] == ["yes", "no"]


def test_a_birthday_needs_no_year_but_a_real_day(cast):
    client = make_client(am=cast.anna)
    contact = actions.add_contact(
        by=cast.anna, client_id=client.pk, name="Ирина", birthday_day=29, birthday_month=2
    )
    assert contact.birthday_year is None
    with pytest.raises(BadInput) as problem:
        actions.edit_contact(
            by=cast.anna, contact_id=contact.pk, version=1, birthday_day=31, birthday_month=4
        )
    assert problem.value.field == "birthday"


def test_a_phone_is_found_however_it_was_written(cast):
    client = make_client(am=cast.anna)
    contact = actions.add_contact(
        by=cast.anna, client_id=client.pk, name="Ирина", phone="8 (495) 100-00-00 доб. 12"
    )
    assert contact.phone == "8 (495) 100-00-00 доб. 12"
    assert contact.phone_key == "74951000000"


@pytest.mark.parametrize(("field", "value"), [("phone", "нет"), ("email", "ирина@")])
def test_a_phone_or_mailbox_that_cannot_be_one_is_named(cast, field, value):
    client = make_client(am=cast.anna)
    with pytest.raises(BadInput) as problem:
        actions.add_contact(by=cast.anna, client_id=client.pk, name="Ирина", **{field: value})
    assert problem.value.field == field
    assert problem.value.cure


def test_character_is_noted_by_the_client_department_only(cast):
    client = make_client(am=cast.anna)
    contact = make_contact(client)
    actions.assign(by=cast.vera, client_id=client.pk, user=cast.gleb, role="sales")
    with pytest.raises(Refusal):
        actions.note_trait(by=cast.gleb, contact_id=contact.pk, kind="manner", text="вспыльчив")


def test_a_contact_of_a_foreign_client_does_not_exist(cast):
    contact = make_contact(make_client(am=cast.boris))
    with pytest.raises(NotVisible):
        actions.edit_contact(by=cast.anna, contact_id=contact.pk, version=1, name="Х")
