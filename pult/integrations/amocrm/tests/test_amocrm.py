"""The connector of amoCRM against a server that behaves as its description says."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pult.integrations.amocrm import connector
from pult.integrations.amocrm.api import Api
from pult.integrations.amocrm.tests.stand import Amo
from pult.integrations.calling import Caller, Denied, TooOften
from pult.integrations.calling.caller import TRIES
from pult.integrations.calling.tests.stand import serving
from pult.integrations.migration.connectors import Settings
from pult.integrations.migration.shape import Person
from pult.kernel import clock

SECRETS = {
    "token": "first",
    "refresh_token": "refresh-1",
    "client_id": "id",
    "client_secret": "secret",
    "redirect_uri": "https://pult.example",
}


@pytest.fixture
def amo():
    account = Amo()
    with serving(account) as stand:
        account.address, account.stand = stand.address, stand
        yield account


@pytest.fixture
def kept():
    return []


@pytest.fixture
def connect(amo, kept):
    def made(secrets=SECRETS):
        zone = ZoneInfo("Europe/Moscow")
        settings = Settings(amo.address, secrets, zone, clock.now, kept.append)
        caller = Caller(amo.address, sleep=lambda _seconds: None)
        return connector(settings, Api(settings, caller))

    return made


def read(found, since=None):
    return {(one.kind, one.id): one for one in found.records(since)}


def test_people_are_read_page_by_page_with_those_who_left(connect):
    found = list(connect().people())
    assert found[0] == Person(id="1", name="Анна Берёзова", email="anna@agency.example")
    assert [one.is_active for one in found] == [True, False, True]


def test_stages_bear_the_name_of_their_pipeline(connect):
    found = {one.id: (one.name, one.guess) for one in connect().statuses()}
    assert found == {
        "5:77": ("Продажи: Переговоры", "lead"),
        "5:142": ("Продажи: Успешно реализовано", "client"),
        "5:143": ("Продажи: Закрыто и не реализовано", ""),
    }


def test_a_company_comes_with_its_legal_entity(connect):
    firm = read(connect())["company", "10"]
    assert (firm.name, firm.legal_name, firm.inn, firm.kpp, firm.site, firm.responsible) == (
        "Ромашка", "ООО «Ромашка»", "7700000016", "770001001", "https://romashka.example", "1",
    )  # fmt: skip


def test_a_contact_has_no_year_of_birth(connect):
    person = read(connect())["contact", "20"]
    assert (person.email, person.position, person.companies) == (
        "irina@romashka.example", "директор", ("10",),
    )  # fmt: skip
    assert person.birthday == "05.03", "the last second of that day in Moscow"


def test_a_lead_is_a_deal_in_kopecks_and_a_deleted_one_is_not_there(connect):
    found = read(connect())
    deal = found["deal", "30"]
    assert (deal.amount, deal.status, deal.state) == (120_000_00, "5:142", "won")
    assert deal.contacts == ("20", "21"), "the main one first"
    assert deal.opened_on == date(2026, 1, 12)
    assert ("deal", "31") not in found


def test_open_tasks_alone_are_read_at_first_and_closed_ones_when_they_change(connect):
    found = read(connect())
    task = found["task", "40"]
    assert (task.title, task.doer, task.author, task.about) == (
        "Позвонить про баннер", "2", "1", (("deal", "30"),),
    )  # fmt: skip
    assert task.due == datetime(2026, 3, 20, 8, 59, tzinfo=UTC)
    assert ("task", "41") not in found
    changed = read(connect(), datetime(2026, 2, 1, tzinfo=UTC))
    assert changed["task", "41"].is_closed
    assert changed["task", "41"].title


def test_notes_are_words_calls_and_files_and_robots_are_not_heard(connect):
    found = read(connect())
    assert found["comment", "leads:50"].text == "Договорились о сроках"
    assert found["comment", "leads:50"].author == "9"
    assert "+7495" in found["comment", "leads:51"].text
    assert ("comment", "leads:52") not in found
    assert [pk for kind, pk in found if kind == "file"] == ["leads:53", "leads:54"]


def test_only_what_changed_is_asked_for(connect, amo):
    found = read(connect(), datetime(2026, 2, 1, tzinfo=UTC))
    assert ("company", "10") in found
    assert ("company", "11") not in found


def test_a_file_is_fetched_from_the_drive_and_an_old_one_from_the_account(connect):
    reader = connect()
    for where, begins in (("u-1", b"%PDF"), ("old:abc.png", b"\x89PNG")):
        with reader.stream(where) as flow:
            assert b"".join(flow.pieces()).startswith(begins)


def test_a_drive_of_somebody_else_does_not_get_the_token(connect, amo):
    reader = connect()
    amo.address = "https://evil.example"
    with pytest.raises(Exception, match="evil"):
        reader.stream("u-1").__enter__()


def test_a_token_that_ran_out_is_renewed_once_and_the_new_pair_kept(connect, amo, kept):
    amo.token = "another"
    assert len(list(connect().people())) == 3
    assert amo.renewed == 1
    assert (kept[-1]["token"], kept[-1]["refresh_token"]) == ("token-1", "refresh-2")
    amo.token = "third"
    assert len(list(connect(kept[-1]).people())) == 3
    assert amo.renewed == 2


def test_a_refresh_token_used_twice_or_no_token_at_all_is_denied(connect, amo):
    amo.token, amo.refresh = "another", "another"
    with pytest.raises(Denied):
        list(connect().people())
    with pytest.raises(Denied):
        list(connect({"token": "old"}).people())


def test_too_often_is_waited_out(connect, amo):
    amo.stand.faults += [(429, {}), (429, {}, {"Retry-After": "1"})]
    assert len(list(connect().people())) == 3
    amo.stand.faults += [(429, {})] * TRIES
    with pytest.raises(TooOften):
        list(connect().people())


def test_notes_we_may_not_read_are_told_and_the_rest_comes(connect, amo):
    del amo.lists["leads/notes"]
    reader = connect()
    found = read(reader)
    assert ("task", "40") in found
    assert reader.broken
    assert reader.broken[0].startswith("leads/notes")


def test_nothing_is_ever_written_there(connect, amo):
    read(connect())
    list(connect().people())
    assert {one.method for one in amo.stand.asked} == {"GET"}


def test_customers_that_are_switched_off_are_not_asked_for(connect, amo):
    reader = connect()
    assert {one.id.partition(":")[0] for one in reader.statuses()} == {"5"}
    assert not any(pk.startswith("customers") for _kind, pk in read(reader))
    assert reader.broken == []
    assert not any("customers" in one.path for one in amo.stand.asked)


def test_a_customer_is_a_standing_deal_with_its_words_and_tasks(connect, amo):
    amo.customers_mode = "periodicity"
    task = {"id": 42, "text": "Отчёт", "entity_id": 60, "entity_type": "customers"}
    amo.lists["tasks"].append({**task, "is_completed": False, "updated_at": 1772000000})
    reader = connect()
    stages = {one.id: (one.name, one.guess) for one in reader.statuses()}
    found = read(reader)
    deal = found["deal", "customers:60"]
    assert stages[deal.status] == ("Покупатели: Покупает", "client")
    assert (deal.amount, deal.state, deal.companies) == (45_000_00, "open", ("11",))
    assert ("deal", "customers:61") not in found
    assert found["comment", "customers:55"].about == ("deal", "customers:60")
    assert found["task", "42"].about == (("deal", "customers:60"),)


def test_a_customer_of_segments_has_no_status_and_is_a_client_all_the_same(connect, amo):
    amo.customers_mode = "segments"
    amo.lists["customers"][0]["status_id"] = None
    reader = connect()
    guesses = {one.id: one.guess for one in reader.statuses()}
    assert guesses[read(reader)["deal", "customers:60"].status] == "client"
