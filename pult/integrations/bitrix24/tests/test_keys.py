"""An application's tokens: renewed when they have run out, kept at once, told when void."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pult.integrations.bitrix24 import connector
from pult.integrations.bitrix24.api import Api
from pult.integrations.bitrix24.keys import Tokens, Webhook, key_of
from pult.integrations.bitrix24.tests.stand import APPLICATION, WEBHOOK, Bitrix
from pult.integrations.calling import BadAnswer, Caller, Denied
from pult.integrations.calling.tests.stand import serving
from pult.integrations.migration.connectors import Settings

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
SECRETS = {**APPLICATION, "refresh_token": "refresh-0"}


@pytest.fixture
def portal():
    found = Bitrix()
    with serving(found) as stand:
        found.stand = stand
        yield found


@pytest.fixture
def kept():
    return []


@pytest.fixture
def connect(portal, kept):
    def made(secrets=SECRETS, now=NOW):
        zone, address = ZoneInfo("Europe/Moscow"), portal.stand.address
        settings = Settings(address, secrets, zone, lambda: now, kept.append)
        tokens = Tokens(settings, Caller(address))
        return connector(settings, Api(settings, Caller(address), tokens))

    return made


def test_the_first_call_of_an_application_gets_its_token_and_the_pair_is_kept(
    connect, portal, kept
):
    assert len(list(connect().people())) == 3
    assert portal.renewed == 1
    assert (kept[-1]["access_token"], kept[-1]["refresh_token"]) == ("access-1", "refresh-1")


def test_a_kept_token_serves_until_its_hour_is_over(connect, portal, kept):
    list(connect().people())
    list(connect(kept[-1], NOW + timedelta(minutes=59)).people())
    assert portal.renewed == 1
    list(connect(kept[-1], NOW + timedelta(minutes=61)).people())
    assert portal.renewed == 2
    assert kept[-1]["refresh_token"] == "refresh-2"


def test_a_token_that_ends_before_its_hour_is_renewed_and_the_call_repeated(connect, portal, kept):
    reader = connect()
    list(reader.people())
    portal.access = "of somebody else"
    found = {(one.kind, one.id) for one in reader.records(None)}
    assert ("company", "10") in found
    assert not reader.broken
    assert portal.renewed == 2


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("invalid_grant", "закончился"),
        ("invalid_client", "не знает"),
        ("PAYMENT_REQUIRED", "оплатить"),
    ],
)
def test_what_the_authorization_server_refuses_says_who_mends_it(
    connect, portal, kept, code, words
):
    portal.refusal = code
    with pytest.raises(Denied, match=words) as told:
        list(connect().people())
    assert told.value.cure
    assert kept == []
    assert "secret" not in f"{told.value} {told.value.cure} {told.value.__dict__}"


def test_a_refresh_token_used_twice_is_void(connect, portal):
    list(connect().people())
    with pytest.raises(Denied):
        list(connect().people())


def test_an_answer_without_a_pair_is_no_renewal(connect, portal, kept):
    portal.stand.faults.append((200, {"access_token": "half"}))
    with pytest.raises(BadAnswer):
        list(connect().people())
    assert kept == []


def test_a_right_the_application_does_not_have_renews_nothing(connect, portal):
    portal.errors["crm.company.list"] = {"error": "insufficient_scope"}
    with pytest.raises(Denied):
        list(connect().records(None))
    assert portal.renewed == 1


def test_the_kind_of_key_is_told_by_its_parts():
    zone = ZoneInfo("Europe/Moscow")
    made = [
        key_of(Settings("https://portal.example", secrets, zone, lambda: NOW, print))
        for secrets in (SECRETS, {"webhook": WEBHOOK})
    ]
    assert [type(one) for one in made] == [Tokens, Webhook]
