"""The connector of Bitrix24 against a server that behaves as its description says."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pult.integrations.bitrix24 import connector
from pult.integrations.bitrix24.api import Api, _query
from pult.integrations.bitrix24.tests.stand import WEBHOOK, Bitrix
from pult.integrations.calling import BadAnswer, Caller, Denied, TooOften
from pult.integrations.calling.tests.stand import serving
from pult.integrations.migration.connectors import Settings
from pult.kernel import clock
from pult.kernel.errors import BadInput


@pytest.fixture
def portal():
    found = Bitrix()
    with serving(found) as stand:
        found.stand = stand
        yield found


@pytest.fixture
def connect(portal):
    def made(webhook=WEBHOOK):
        zone = ZoneInfo("Europe/Moscow")
        secrets = {"webhook": webhook}
        settings = Settings(portal.stand.address, secrets, zone, clock.now, lambda _kept: None)
        caller = Caller(portal.stand.address, sleep=lambda _seconds: None)
        return connector(settings, Api(settings, caller))

    return made


def read(found, since=None):
    return {(one.kind, one.id): one for one in found.records(since)}


def test_people_and_statuses_are_read_by_their_next_page(connect):
    people = list(connect().people())
    assert [(one.name, one.is_active) for one in people] == [
        ("Анна Берёзова", True), ("Дарья Ершова", True), ("Фёдор Ушедший", False),
    ]  # fmt: skip
    found = {(one.kind, one.id): one.guess for one in connect().statuses()}
    assert found == {
        ("company", "CUSTOMER"): "client",
        ("deal", "WON"): "client",
        ("deal", "C5:NEW"): "lead",
        ("deal", "C5:LOSE"): "",
    }


def test_a_company_comes_with_requisites_and_account_and_our_own_does_not(connect):
    found = read(connect())
    firm = found["company", "10"]
    assert (firm.legal_name, firm.inn, firm.account, firm.bik) == (
        "ООО «Ромашка»", "7700000016", "40702810100000000002", "044525225",
    )  # fmt: skip
    assert (firm.phone, firm.about) == ("+7 495 100-00-00", "Доставка цветов")
    assert ("company", "11") not in found
    assert ("company", "13") in found


def test_a_contact_comes_without_what_was_said_about_the_person(connect):
    person = read(connect())["contact", "20"]
    assert (person.name, person.birthday, person.companies) == ("Лес Ирина", "05.03", ("10",))
    assert "Спартак" not in repr(person)


def test_a_deal_is_in_kopecks_with_its_first_contact_first(connect):
    deal = read(connect())["deal", "30"]
    assert (deal.amount, deal.state, deal.contacts) == (120_000_50, "won", ("20", "21"))
    assert (deal.opened_on, deal.closed_on) == (date(2026, 1, 12), date(2026, 2, 1))


def test_a_task_knows_its_deal_roles_checklist_and_plain_words(connect):
    found = read(connect())
    task = found["task", "40"]
    assert task.text == "Три размера, Дарья"
    assert (task.author, task.doer, task.watchers) == ("1", "2", ("1", "9"))
    assert task.about == (("deal", "30"), ("company", "10"))
    assert task.checklist == ("240×400",)
    assert task.due == datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
    assert ("task", "41") not in found


def test_a_closed_task_is_met_when_it_has_changed(connect):
    found = read(connect(), datetime(2026, 3, 1, tzinfo=UTC))
    assert found["task", "41"].is_closed


def test_comments_and_files_come_with_what_they_stand_under(connect):
    found = read(connect())
    assert found["comment", "deal:50"].about == ("deal", "30")
    assert found["comment", "deal:50"].at == datetime(2026, 2, 3, 9, 0, tzinfo=UTC)
    assert found["comment", "task:51"].author_name == "Дарья Ершова"
    files = {pk: one.where for (kind, pk), one in found.items() if kind == "file"}
    assert files == {
        "attached:91": "attached:91",
        "deal:50:7": "timeline:50:7",
        "task:51:97": "attached:97",
    }


def test_a_file_is_asked_for_anew_because_its_address_lives_for_minutes(connect):
    for where in ("timeline:50:7", "attached:97"):
        with connect().stream(where) as flow:
            assert b"".join(flow.pieces()).startswith(b"%PDF")


def test_comments_of_many_are_asked_for_in_batches_of_fifty(connect, portal):
    row = portal.rows["crm.company.list"][-1]
    portal.rows["crm.company.list"] += [{**row, "ID": str(pk)} for pk in range(100, 180)]
    read(connect())
    assert max(portal.batches) == 50


@pytest.mark.parametrize(
    ("code", "error"),
    [("expired_token", Denied), ("QUERY_LIMIT_EXCEEDED", TooOften), ("ERROR_CORE", BadAnswer)],
)
def test_an_error_is_told_by_its_code(connect, portal, code, error):
    portal.errors["crm.company.list"] = {"error": code, "error_description": "…"}
    with pytest.raises(error):
        read(connect())


def test_the_limit_is_waited_out(connect, portal):
    limit = {"error": "QUERY_LIMIT_EXCEEDED", "error_description": "Too many requests"}
    portal.stand.faults += [(503, limit), (503, limit, {"Retry-After": "1"})]
    assert len(list(connect().people())) == 3


def test_what_fails_inside_a_batch_is_told_once_and_the_rest_comes(connect, portal):
    portal.errors["crm.timeline.comment.list"] = {"error": "ACCESS_DENIED"}
    reader = connect()
    found = read(reader)
    assert ("comment", "task:51") in found
    assert len(reader.broken) == 1


def test_tasks_we_may_not_read_are_told_and_clients_come(connect, portal):
    portal.errors["tasks.task.list"] = {"error": "insufficient_scope"}
    reader = connect()
    assert ("deal", "30") in read(reader)
    assert reader.broken[0].startswith("tasks.task.list")


def test_a_key_that_is_none_is_refused_before_any_call(connect, portal):
    with pytest.raises(BadInput):
        connect("https://portal.example/rest/1/abc/")
    assert portal.stand.asked == []


def test_the_key_stands_in_no_message(connect):
    with pytest.raises(Denied) as told:
        list(connect("1/wrongwrong").people())
    assert "wrongwrong" not in f"{told.value} {told.value.__dict__}"


def test_nested_values_are_written_as_php_reads_them():
    given = {"filter": {"ENTITY_TYPE": "deal"}, "select": ["ID", "*"]}
    assert _query(given) == "filter%5BENTITY_TYPE%5D=deal&select%5B0%5D=ID&select%5B1%5D=%2A"
