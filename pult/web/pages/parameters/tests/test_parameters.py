import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_client
from pult.regulation.evaluate.parameters import FOLLOWS
from pult.regulation.evaluate.table import State
from pult.regulation.models import Obligation, ParameterValue, Transition
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import tell
from pult.regulation.timers import tick

pytestmark = pytest.mark.django_db
ADDRESS = ("5.3", "invoice.lead")


@pytest.fixture
def address():
    return reverse("parameter", args=ADDRESS)


@pytest.fixture
def lines(cast, freeze):
    """A client whose money ends on 20 March; the invoice went out seven working days before."""
    client = make_client("Ромашка", am=cast.anna)
    for at, kind, more in (
        ("2026-01-12 12:00", "client.status", {"state": "client"}),
        ("2026-02-16 12:00", "line.funds_end", {"line": 7, "key": "1", "day": "2026-03-20"}),
        ("2026-03-10 12:00", "invoice.sent", {"line": 7, "invoice": 1}),
        ("2026-03-11 12:00", "spend.loaded", {"line": 7, "day": "2026-03-11"}),
    ):
        freeze(at)
        tell(kind, root=client.pk, **more)
    freeze("2026-03-12 12:00")
    return client


def test_the_curve_shows_what_a_longer_lead_would_have_cost(
    login, cast, pack, lines, address, within_budget
):
    page = within_budget(login(cast.vera), "parameter", address, value="9").context["page"]
    curve = dict(page.what_if.pairs)
    assert curve[7] == page.what_if.breaches_now == 0
    assert curve[9] == page.what_if.breaches_then == 1
    assert [line.name for line in page.what_if.managers] == ["Анна Берёзова"]


def test_a_head_signs_a_number_for_a_day_and_takes_it_back_before_it(
    login, cast, pack, freeze, address
):
    freeze("2026-03-12 12:00")
    said = {"value": "10", "effective_from": "2026-04-01", "reason": "Клиенты платят дольше"}
    assert login(cast.vera).post(address, said).status_code == 303
    signed = ParameterValue.objects.get(value=10)
    text = login(cast.anna).get(reverse("clause", args=["5.3"])).content.decode()
    assert "10 рабочих дней с 1 апреля 2026" in text
    back = reverse("parameter_withdrawal", args=[*ADDRESS, signed.pk])
    assert login(cast.vera).post(back, {"reason": "Рано"}).status_code == 303
    newest = ParameterValue.objects.filter(name="invoice.lead").latest("pk")
    assert (newest.value, str(newest.effective_from)) == (FOLLOWS, "2026-04-01")
    freeze("2026-04-02 12:00")
    text = login(cast.anna).get(reverse("clause", args=["5.3"])).content.decode()
    assert "7 рабочих дней" in text
    assert "как в карточке с 1 апреля 2026" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": "семь"}, "Введите целое число"),
        ({"reason": " "}, "Напишите почему"),
        ({"effective_from": "2026-03-01", "reason": ""}, "Напишите почему"),
        ({"scope": "client", "client": "Нет такого"}, "Такого клиента нет"),
        ({"scope": "galaxy:1"}, "Такой области действия нет"),
        ({"scope": "client:999999"}, "Такой области действия нет"),
        ({"scope": "team:999"}, "Такой области действия нет"),
        ({"effective_from": ""}, "Выберите день"),
    ],
)
def test_a_wrong_signature_says_what_to_mend(login, cast, pack, freeze, address, change, words):
    freeze("2026-03-12 12:00")
    said = {"value": "10", "effective_from": "2026-04-01", "reason": "Так надо", **change}
    answer = login(cast.vera).post(address, said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ParameterValue.objects.exists()


def test_a_value_in_force_is_not_taken_back(login, cast, pack, freeze, address):
    freeze("2026-03-12 12:00")
    said = {"value": "10", "effective_from": "2026-03-12", "reason": "Сразу"}
    login(cast.vera).post(address, said)
    back = reverse("parameter_withdrawal", args=[*ADDRESS, ParameterValue.objects.get().pk])
    assert login(cast.vera).post(back, {"reason": "Передумали"}).status_code == 422


def test_a_value_is_taken_back_only_on_the_page_of_its_own_number(
    login, cast, pack, freeze, address
):
    freeze("2026-03-12 12:00")
    said = {"value": "10", "effective_from": "2026-04-01", "reason": "Клиенты платят дольше"}
    login(cast.vera).post(address, said)
    signed = ParameterValue.objects.get().pk
    for args in (("5.3", "another.number", signed), (*ADDRESS, 999)):
        back = reverse("parameter_withdrawal", args=args)
        assert login(cast.vera).post(back, {"reason": "Рано"}).status_code == 404
    assert ParameterValue.objects.count() == 1


def test_a_number_the_clause_does_not_name_is_404(login, cast, pack):
    assert login(cast.vera).get(reverse("parameter", args=["5.3", "no.such"])).status_code == 404


def test_a_wild_number_to_try_is_no_error(login, cast, pack, address):
    for wild in ("-3", "9" * 40, "1e9", "²"):
        assert login(cast.vera).get(address, {"value": wild}).status_code == 200


def test_a_team_and_a_client_get_numbers_of_their_own_and_give_them_back(
    login, cast, pack, lines, freeze, address
):
    said = {"effective_from": "2026-03-12", "reason": "Платят медленно"}
    team = said | {"value": "9", "scope": f"team:{cast.team.pk}"}
    client = said | {"value": "12", "scope": "client", "client": "Ромашка"}
    for form in (team, client):
        assert login(cast.vera).post(address, form).status_code == 303
    page = login(cast.vera).get(address).context["page"]
    assert [(own.label, own.past.words) for own in page.number.own] == [
        ("Ромашка", "12 рабочих дней"),
        ("Первая группа", "9 рабочих дней"),
    ]
    text = login(cast.anna).get(reverse("clause", args=["5.3"])).content.decode()
    assert "12 рабочих дней с 12 марта 2026" in text
    back = said | {"value": "follow", "scope": f"client:{lines.pk}"}
    assert login(cast.vera).post(address, back).status_code == 303
    page = login(cast.vera).get(address).context["page"]
    assert [own.label for own in page.number.own] == ["Первая группа"]


def test_a_number_tried_for_a_team_counts_the_clients_it_would_reach(
    login, cast, pack, lines, freeze, address
):
    other = make_client("Василёк", am=cast.boris)
    tell("client.status", root=other.pk, state="client")
    tell("line.funds_end", root=other.pk, line=8, key="1", day="2026-03-13", at="2026-02-16 12:00")
    freeze("2026-03-13 12:00")

    def rows(scope):
        page = login(cast.vera).get(address, {"value": "9", "scope": scope}).context["page"]
        return page.tried, page.what_if.rows_then

    assert rows("agency:0") == ("agency:0", 2)
    assert rows(f"client:{lines.pk}") == (f"client:{lines.pk}", 1)
    assert rows(f"team:{cast.team.pk}") == (f"team:{cast.team.pk}", 1)
    said = {"value": "9", "effective_from": "2026-03-13", "reason": "Платят медленно"}
    own = said | {"scope": f"client:{lines.pk}"}
    assert login(cast.vera).post(address, own).status_code == 303
    assert rows(f"team:{cast.team.pk}") == (f"team:{cast.team.pk}", 0)
    assert rows("agency:0") == ("agency:0", 1)
    assert rows("team:nonsense") == ("agency:0", 1)


def test_a_decision_about_the_past_shows_its_rows_before_it_is_signed(
    login, cast, pack, lines, freeze, address
):
    said = {"value": "9", "effective_from": "2026-02-01", "reason": "Так договорились в январе"}
    asked = login(cast.vera).post(address, said)
    assert asked.status_code == 200
    retro = asked.context["page"].retro
    assert (retro.rows, retro.appear) == (1, 0)
    (line,) = retro.lines
    assert (line.row.client, line.before, line.after) == ("Ромашка", "met", "late")
    assert "Прошлое не переписывают" in asked.content.decode()
    assert not ParameterValue.objects.exists()
    assert login(cast.vera).post(address, said | {"retro": "yes"}).status_code == 303
    tick(sweep=sweep)
    signed = ParameterValue.objects.get()
    assert State(Obligation.objects.get(clause="5.3").state) == State.LATE
    step = Transition.objects.filter(clause="5.3").latest("id")
    assert (step.cause, step.parameter_value) == ("parameter", signed.pk)


@pytest.mark.parametrize("wrong", [("12.3", "invoice.lead"), ("5.3", "noise.rows"), ("99.9", "x")])
def test_a_number_is_not_signed_over_a_clause_that_does_not_name_it(
    login, cast, pack, freeze, address, wrong
):
    freeze("2026-03-12 12:00")
    said = {"value": "10", "effective_from": "2026-04-01", "reason": "Клиенты платят дольше"}
    vera = login(cast.vera)
    answer = vera.post(reverse("parameter", args=wrong), said)
    assert answer.status_code == 422
    assert f"Пункт {wrong[0]} этого числа не использует" in answer.text
    assert not ParameterValue.objects.exists()
    vera.post(address, said)
    signed = ParameterValue.objects.get()
    back = reverse("parameter_withdrawal", args=[*wrong, signed.pk])
    assert vera.post(back, {"reason": "Рано"}).status_code in (404, 422)
    assert ParameterValue.objects.get() == signed
