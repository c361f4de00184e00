"""The connector of Megaplan against a server that behaves as its description says."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pult.integrations.calling import BadAnswer, Caller, Denied
from pult.integrations.calling.tests.stand import serving
from pult.integrations.megaplan import api as protocol
from pult.integrations.megaplan import connector
from pult.integrations.megaplan.api import Api
from pult.integrations.megaplan.tests.stand import LOGIN, PASSWORD, Megaplan, entity
from pult.integrations.migration.connectors import Settings
from pult.kernel import clock


@pytest.fixture
def account():
    found = Megaplan()
    with serving(found) as stand:
        found.stand = stand
        yield found


@pytest.fixture
def connect(account):
    def made(password=PASSWORD):
        secrets = {"username": LOGIN, "password": password}
        zone = ZoneInfo("Europe/Moscow")
        settings = Settings(account.stand.address, secrets, zone, clock.now, lambda _kept: None)
        caller = Caller(account.stand.address, sleep=lambda _seconds: None)
        return connector(settings, Api(settings, caller))

    return made


def read(found):
    list(found.statuses())
    return {(one.kind, one.id): one for one in found.records(None)}


def test_one_sign_in_serves_a_whole_reading(connect, account):
    reader = connect()
    assert [(one.email, one.is_active) for one in reader.people()] == [
        ("anna@agency.example", True), ("f@agency.example", False),
    ]  # fmt: skip
    read(reader)
    assert account.signed_in == 1


def test_a_token_that_ran_out_is_taken_anew(connect, account):
    reader = connect()
    list(reader.people())
    account.token = "second"
    assert list(reader.people())
    assert account.signed_in == 2


def test_a_wrong_password_is_denied_without_telling_it(connect):
    with pytest.raises(Denied) as told:
        list(connect("не тот").people())
    assert "не тот" not in str(told.value)


def test_states_are_told_by_their_programs(connect):
    stages = (one for one in connect().statuses() if one.kind == "deal")
    found = {one.id: (one.name, one.guess) for one in stages}
    assert found == {
        "31": ("Продажи: Переговоры", "lead"),
        "32": ("Продажи: Выиграна", "client"),
        "33": ("Продажи: Проиграна", ""),
    }


def test_states_of_clients_are_told_by_the_clients_and_no_list_is_read_twice(connect, account):
    reader = connect()
    found = {one.id: one.name for one in reader.statuses() if one.kind == "company"}
    assert found == {"7": "Постоянный клиент", "Частный клиент": "Частный клиент"}
    records = {(one.kind, one.id): one for one in reader.records(None)}
    assert records["company", "10"].status == "7"
    assert (records["contact", "20"].status, records["contact", "21"].status) == (
        "", "Частный клиент",
    )  # fmt: skip
    paths = [one.path.rpartition("/")[2] for one in account.stand.asked]
    assert (paths.count("contractorCompany"), paths.count("contractorHuman")) == (1, 1)


def test_a_company_and_its_people(connect):
    found = read(connect())
    firm, person = found["company", "10"], found["contact", "20"]
    assert (firm.inn, firm.legal_name, firm.phone, firm.about, firm.responsible) == (
        "7700000016", "ООО «Ромашка»", "+7 495 100-00-00", "Цветы", "1",
    )  # fmt: skip
    assert (person.name, person.companies) == ("Лес Ирина", ("10",))
    assert person.birthday == "05.03", "months are counted from 0"
    assert "звонки" not in repr(person)


def test_a_deal_is_in_kopecks_and_a_dropped_one_is_not_there(connect):
    found = read(connect())
    deal = found["deal", "30"]
    assert (deal.amount, deal.state, deal.companies, deal.contacts) == (
        120_000_50, "won", ("10",), ("20",),
    )  # fmt: skip
    assert deal.opened_on == date(2026, 1, 12)
    assert ("deal", "31") not in found


def test_a_task_with_its_roles_and_plain_words(connect):
    task = read(connect())["task", "40"]
    assert task.text == "Три размера\nк марту"
    assert (task.author, task.doer, task.watchers) == ("1", "2", ("1", "9"))
    assert (task.about, task.due) == (
        (("deal", "30"),), datetime(2026, 3, 20, 9, 0, tzinfo=UTC),
    )  # fmt: skip


def test_a_part_has_the_client_of_its_whole_and_a_project_leads_to_its_own(connect):
    found = read(connect())
    assert found["task", "42"].about == (("deal", "30"),)
    task = found["task", "43"]
    assert (task.about, task.is_closed) == ((("company", "10"),), False)
    assert task.due == datetime(2026, 3, 20, 20, 59, tzinfo=UTC), "a day lasts to its end"
    assert found["task", "41"].is_closed


def test_words_and_files_come_and_a_file_without_an_address_is_told(connect):
    reader = connect()
    found = read(reader)
    assert found["comment", "50"].author == "9"
    assert ("comment", "51") not in found
    assert [pk for kind, pk in found if kind == "file"] == ["60"]
    assert any("бриф.pdf" in told for told in reader.broken)
    with reader.stream("/attach/60") as flow:
        assert b"".join(flow.pieces()).startswith(b"\x89PNG")


def test_a_task_nobody_spoke_under_is_not_asked_about(connect, account):
    read(connect())
    assert not any("/task/43/comments" in one.path for one in account.stand.asked)


def test_a_long_list_goes_on_after_the_last_entity(connect, account, monkeypatch):
    monkeypatch.setattr(protocol, "PAGE", 2)
    more = [entity("ContractorCompany", pk, name=f"Клиент {pk}") for pk in range(100, 105)]
    account.lists["contractorCompany"] += more
    found = read(connect())
    assert len([1 for kind, _pk in found if kind == "company"]) == 6


def test_what_we_may_not_see_is_told_and_the_rest_comes(connect, account):
    account.refused = {"project", "task"}
    reader = connect()
    assert ("deal", "30") in read(reader)
    assert [told.partition(":")[0] for told in reader.broken] == ["project", "task"]


def test_an_error_in_the_envelope_is_an_error(connect, account):
    list(connect().people())
    account.stand.faults.append((200, {"access_token": "first"}))
    meta = {"status": 422, "errors": [{"message": "Плохой фильтр"}]}
    account.stand.faults.append((200, {"meta": meta, "data": None}))
    with pytest.raises(BadAnswer) as told:
        list(connect().people())
    assert "Плохой фильтр" in str(told.value)
