"""Service lines: planned, started through the gate, ended; budgets, feeds and flights."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from pult.clients import actions
from pult.clients.models import Assignment, ServiceLine
from pult.clients.tests.factories import make_assignment, make_client, make_contract, make_line
from pult.kernel import clock
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_(cast, freeze):
    freeze("2026-03-10 12:00")
    return make_client(am=cast.anna)


def alive(*kinds):
    rows = Fact.objects.filter(kind__in=kinds, voided_by=None).order_by("valid_at", "pk")
    return [(f.state or f.key, f.day or f.valid_at.date()) for f in rows]


def test_a_planned_line_tells_its_plan_and_budget(cast, client_):
    line = actions.add_line(
        by=cast.anna,
        client_id=client_.pk,
        name="Контекст",
        tool="context",
        platform="direct",
        monthly_budget=50_000_00,
        planned_start=date(2026, 4, 1),
    )
    kinds = Fact.objects.filter(root_id=client_.pk).values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == [
        "line.opened",
        "line.status",
        "line.budget",
        "line.planned_start",
    ]
    line.refresh_from_db()
    assert (line.status, line.planned_start) == ("planned", date(2026, 4, 1))


def test_a_moved_start_keeps_its_key(cast, client_):
    line = make_line(client_, status="planned")
    for day in (date(2026, 4, 1), date(2026, 4, 8)):
        actions.plan_start(by=cast.anna, line_id=line.pk, day=day)
    plans = Fact.objects.filter(kind="line.planned_start").order_by("pk")
    assert [(f.key, f.day.day) for f in plans] == [("start", 1), ("start", 8)]


def test_a_running_line_is_not_planned_again(cast, client_):
    with pytest.raises(Refusal):
        actions.plan_start(by=cast.anna, line_id=make_line(client_).pk, day=date(2026, 4, 1))


def test_a_budget_holds_until_the_next_one_begins(cast, client_):
    line = make_line(client_)
    actions.set_budget(by=cast.anna, line_id=line.pk, monthly=70_000_00, since=date(2026, 3, 1))
    actions.set_budget(by=cast.anna, line_id=line.pk, monthly=90_000_00, since=date(2026, 5, 1))
    line.refresh_from_db()
    assert line.monthly_budget == 70_000_00
    actions.set_budget(by=cast.anna, line_id=line.pk, monthly=80_000_00, since=date(2026, 3, 1))
    line.refresh_from_db()
    assert line.monthly_budget == 80_000_00
    assert line.budgets.count() == 2


def test_a_line_ends_once(cast, client_):
    line = make_line(client_)
    for _time in (1, 2):
        actions.end_line(by=cast.anna, line_id=line.pk, reason_code="client_left")
    assert [state for state, _day in alive("line.status")] == ["ended"]


def test_a_campaign_feeds_one_line(cast, client_):
    line, other = make_line(client_), make_line(client_, "РСЯ")
    feed = {"source": "direct", "login": "romashka", "campaign_id": "77"}
    actions.link_feed(by=cast.anna, line_id=line.pk, **feed)
    with pytest.raises(BadInput) as problem:
        actions.link_feed(by=cast.anna, line_id=other.pk, **feed)
    assert str(problem.value.cure) == "Контекст"
    actions.unlink_feed(by=cast.anna, line_id=line.pk, feed_id=line.feeds.get().pk)
    actions.link_feed(by=cast.anna, line_id=other.pk, **feed)


@pytest.mark.parametrize(
    ("theirs", "claim", "refused"),
    [
        (("romashka", "77"), ("", "77"), True),
        (("", "77"), ("romashka", "77"), True),
        (("romashka", "77"), ("romashka", ""), True),
        (("romashka", ""), ("romashka", "77"), True),
        (("romashka", ""), ("romashka", ""), True),
        (("romashka", "77"), ("lavka", "77"), False),
        (("romashka", "77"), ("romashka", "78"), False),
        (("romashka", ""), ("", "77"), False),
    ],
)
def test_what_feeds_another_clients_line_is_not_claimed(cast, client_, theirs, claim, refused):
    line, mine = make_line(client_), make_line(make_client("Лавка", am=cast.boris))
    names = ("login", "campaign_id")
    actions.link_feed(
        by=cast.anna, line_id=line.pk, source="direct", **dict(zip(names, theirs, strict=True))
    )
    given = {"line_id": mine.pk, "source": "direct", **dict(zip(names, claim, strict=True))}
    if not refused:
        actions.link_feed(by=cast.boris, **given)
        return
    with pytest.raises(BadInput) as problem:
        actions.link_feed(by=cast.boris, **given)
    assert problem.value.cure
    assert line.name not in str(problem.value.cure)
    with pytest.raises(BadInput, match=line.name):
        actions.link_feed(by=cast.vera, **given)


def test_lines_of_one_client_share_a_login_and_tell_its_campaigns_apart(cast, client_):
    line, other = make_line(client_), make_line(client_, "РСЯ")
    for row, campaign in ((line, ""), (other, "77")):
        actions.link_feed(
            by=cast.anna, line_id=row.pk, source="direct", login="romashka", campaign_id=campaign
        )


def test_lines_of_one_login_share_a_wallet(cast, client_):
    lines = [make_line(client_), make_line(client_, "РСЯ")]
    for line in lines:
        actions.set_wallet(by=cast.anna, line_id=line.pk, version=1, login="romashka")
    assert len({ServiceLine.objects.get(pk=line.pk).wallet_id for line in lines}) == 1


def test_a_wallet_of_another_client_is_refused(cast, client_):
    other = make_line(make_client("Василёк", am=cast.anna))
    actions.set_wallet(by=cast.anna, line_id=other.pk, version=1, login="vasilek")
    with pytest.raises(BadInput):
        actions.set_wallet(by=cast.anna, line_id=make_line(client_).pk, version=1, login="vasilek")


def test_a_line_is_not_hung_on_another_clients_contract(cast, client_):
    contract = make_contract(make_client("Василёк", am=cast.anna))
    with pytest.raises(BadInput) as problem:
        actions.edit_line(by=cast.anna, line_id=make_line(client_).pk, version=1, contract=contract)
    assert problem.value.field == "contract"


def test_flights_do_not_share_a_day(cast, client_):
    line = make_line(client_, always_on=False)
    run = {"by": cast.anna, "line_id": line.pk, "budget": 1}
    flight = actions.add_flight(**run, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 14))
    with pytest.raises(BadInput):
        actions.add_flight(**run, starts_on=date(2026, 4, 14), ends_on=date(2026, 4, 20))
    plan = Fact.objects.get(kind="line.planned_start")
    assert (plan.key, plan.day) == (str(flight.pk), date(2026, 4, 1))


@pytest.mark.parametrize("who", ["darya", "zhanna"])
def test_executor_and_accountant_do_not_open_lines(cast, client_, who):
    with pytest.raises(Refusal):
        actions.add_line(by=getattr(cast, who), client_id=client_.pk, name="К", tool="seo")


def test_a_foreign_line_does_not_exist(cast, client_):
    line = make_line(client_)
    for act in (
        lambda: actions.edit_line(by=cast.boris, line_id=line.pk, version=1, name="К"),
        lambda: actions.end_line(by=cast.boris, line_id=line.pk, reason_code="x"),
        lambda: actions.set_budget(
            by=cast.boris, line_id=line.pk, monthly=1, since=date(2026, 3, 1)
        ),
        lambda: actions.plan_start(by=cast.boris, line_id=line.pk, day=date(2026, 4, 1)),
        lambda: actions.start_line(by=cast.boris, line_id=line.pk),
        lambda: actions.link_feed(by=cast.boris, line_id=line.pk, source="direct", login="x"),
    ):
        with pytest.raises(NotVisible):
            act()


def test_the_database_refuses_a_second_open_manager(cast, client_):
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            client=client_, user=cast.boris, role="am", since=client_.created_at
        )


def test_a_flight_is_called_off_with_its_planned_start(cast, client_):
    line = make_line(client_, always_on=False)
    run = {"by": cast.anna, "line_id": line.pk, "budget": 1}
    flight = actions.add_flight(**run, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 14))
    with pytest.raises(Refusal):
        actions.drop_flight(by=cast.darya, line_id=line.pk, flight_id=flight.pk)
    actions.drop_flight(by=cast.anna, line_id=line.pk, flight_id=flight.pk)
    assert not line.flights.exists()
    plan = Fact.objects.get(kind="line.planned_start")
    assert Fact.objects.filter(voids=plan).exists()
    actions.add_flight(**run, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 14))


def test_a_flight_that_runs_is_not_called_off(cast, client_):
    line = make_line(client_, always_on=False)
    flight = actions.add_flight(
        by=cast.anna,
        line_id=line.pk,
        budget=1,
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 4, 14),
    )
    line.flights.update(started_at=clock.now())
    with pytest.raises(Refusal):
        actions.drop_flight(by=cast.anna, line_id=line.pk, flight_id=flight.pk)
    with pytest.raises(NotVisible):
        actions.drop_flight(by=cast.boris, line_id=line.pk, flight_id=flight.pk)


@pytest.mark.parametrize("logins", [("romashka", ""), ("", "romashka")])
def test_a_campaign_is_claimed_once_with_its_login_or_without(cast, client_, logins):
    first, again = logins
    line, other = make_line(client_), make_line(client_, "РСЯ")
    feed = {"by": cast.anna, "source": "direct", "campaign_id": "70007"}
    actions.link_feed(line_id=line.pk, login=first, **feed)
    actions.link_feed(line_id=line.pk, login=first, **feed)
    for row in (line, other):
        with pytest.raises(BadInput):
            actions.link_feed(line_id=row.pk, login=again, **feed)
    assert line.feeds.count() == 1


def test_sales_fill_in_tools_and_budgets_while_the_client_is_theirs(cast, client_):
    make_assignment(client_, cast.gleb, "sales")
    line = actions.add_line(
        by=cast.gleb, client_id=client_.pk, name="Контекст", tool="context", monthly_budget=100_00
    )
    actions.set_budget(by=cast.gleb, line_id=line.pk, monthly=200_00, since=date(2026, 3, 1))
    actions.edit_line(by=cast.anna, line_id=line.pk, version=line.version, name="Поиск")
    for forbidden in (actions.start_line, actions.end_line):
        reason = {"reason_code": "plan"} if forbidden is actions.end_line else {}
        with pytest.raises(Refusal):
            forbidden(by=cast.gleb, line_id=line.pk, **reason)
    Assignment.objects.filter(user=cast.gleb).update(until=clock.now())
    with pytest.raises(NotVisible):
        actions.set_budget(by=cast.gleb, line_id=line.pk, monthly=1_00, since=date(2026, 3, 1))
