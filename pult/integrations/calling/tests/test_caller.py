"""Calls over a real socket: patience, bounds, secrets that stay with their host."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from pult.integrations.calling import BadAnswer, Caller, Denied, Missing, TooOften, Unreached, hosts
from pult.integrations.calling import caller as module
from pult.integrations.calling.hosts import checked_base, checked_redirect
from pult.integrations.calling.tests.stand import serving
from pult.kernel import clock
from pult.kernel.errors import BadInput


@pytest.fixture
def stand():
    with serving(lambda asked: (200, {"path": asked.path})) as found:
        yield found


@pytest.fixture
def waits():
    return []


@pytest.fixture
def caller(stand, waits):
    return Caller(stand.address, sleep=waits.append)


def test_an_answer_is_read_and_the_line_is_kept_open(caller, stand):
    assert caller.call("GET", "/one").json() == {"path": "/one"}
    line = caller._line
    assert caller.call("GET", "/two").json() == {"path": "/two"}
    assert caller._line is line


def test_too_often_waits_as_long_as_it_is_told(caller, stand, waits):
    until = format_datetime(clock.now() + timedelta(seconds=30), usegmt=True)
    stand.faults += [
        (429, {}, {"Retry-After": "7"}),
        (503, {}, {"Retry-After": until}),
        (429, {}),
        (429, {}, {"Retry-After": "9999"}),
    ]
    assert caller.call("GET", "/").status == 200
    assert waits[0] == 7
    assert 25 <= waits[1] <= 31
    assert waits[2:] == [4, module.LONGEST_WAIT]


def test_a_service_that_never_has_time_is_given_up(caller, stand):
    stand.faults += [(429, {})] * module.TRIES
    with pytest.raises(TooOften):
        caller.call("GET", "/")
    assert len(stand.asked) == module.TRIES


def test_a_line_that_is_cut_is_drawn_anew(caller, stand, waits):
    stand.faults += ["cut", "cut"]
    assert caller.call("GET", "/").status == 200
    assert waits == [1, 2]


def test_nobody_at_home_is_told_in_words(waits, settings):
    with serving(lambda _asked: (200, {})) as stand:
        address = stand.address
    settings.INNER_HOSTS = frozenset(["127.0.0.1"])
    with pytest.raises(Unreached) as told:
        Caller(address, sleep=waits.append).call("GET", "/")
    assert "127.0.0.1" in str(told.value.message)
    assert "Errno" not in str(told.value.message)


@pytest.mark.parametrize(
    ("status", "error"), [(401, Denied), (403, Denied), (404, Missing), (418, BadAnswer)]
)
def test_a_refusal_is_told_by_its_kind_and_not_repeated(caller, stand, status, error):
    stand.faults.append((status, {}))
    with pytest.raises(error):
        caller.call("GET", "/")
    assert len(stand.asked) == 1


def test_an_answer_that_is_no_json_or_has_no_end_is_refused(caller, stand, monkeypatch):
    stand.faults.append((200, b"<html>"))
    with pytest.raises(BadAnswer):
        caller.call("GET", "/").json()
    monkeypatch.setattr(module, "LARGEST", 10)
    stand.faults.append((200, b"x" * 11))
    with pytest.raises(BadAnswer):
        caller.call("GET", "/")


def test_calls_keep_their_pace(stand, waits):
    caller = Caller(stand.address, gap=500, sleep=waits.append, ticks=lambda: 10)
    for _turn in range(3):
        caller.call("GET", "/")
    assert waits == [0.5, 1.0]


def test_a_file_comes_in_pieces_and_one_cut_short_is_no_file(caller, stand):
    stand.faults.append((200, b"x" * 300_000))
    with caller.stream(f"{stand.address}/file") as flow:
        assert flow.length == 300_000
        assert sum(map(len, flow.pieces())) == 300_000
    stand.faults.append((200, b"half", {"Content-Length": "9", "Connection": "close"}))
    with caller.stream(f"{stand.address}/file") as flow, pytest.raises(Unreached):
        list(flow.pieces())


def test_a_redirect_of_a_file_stays_on_its_host_or_goes_to_a_public_one(caller, stand):
    stand.faults += [(302, b"", {"Location": "/elsewhere"})]
    with caller.stream(f"{stand.address}/file", {"Authorization": "Bearer x"}) as flow:
        assert b"elsewhere" in b"".join(flow.pieces())
    stand.faults += [(302, b"", {"Location": "http://169.254.169.254/latest/meta-data"})]
    with pytest.raises(BadAnswer), caller.stream(f"{stand.address}/file"):
        pass


def test_a_file_said_to_lie_in_the_house_is_not_fetched(caller):
    with pytest.raises(BadAnswer), caller.stream("https://192.168.0.1/secret"):
        pass


def resolved(monkeypatch, *numbers):
    rows = [(2, 1, 6, "", (number, 443)) for number in numbers]
    monkeypatch.setattr(hosts.socket, "getaddrinfo", lambda *_given, **_more: rows)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8730", "localhost:22", "[::1]:8730", "169.254.169.254", "10.0.0.1", "0.0.0.0",
     "192.168.1.1:8443/x", "0x7f.1", "2130706433.", "[::ffff:127.0.0.1]", "a.localhost"],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_address_of_the_house_is_refused_unless_the_settings_name_it(scheme, host, settings):
    with pytest.raises(BadInput):
        checked_base(f"{scheme}://{host}")
    settings.INNER_HOSTS = frozenset(["10.0.0.1", "bitrix"])
    assert checked_base("https://10.0.0.1/x") == "https://10.0.0.1/x"
    assert checked_base("bitrix") == "https://bitrix"


def lines(monkeypatch):
    """Where lines are drawn to."""
    went = []

    def take(*given, **_more):
        went.append(given)

    monkeypatch.setattr(hosts.socket, "create_connection", take)
    return went


def test_a_name_that_leads_into_the_house_is_not_called(monkeypatch, waits, settings):
    resolved(monkeypatch, "93.184.216.34", "10.0.0.1")
    went = []
    monkeypatch.setattr(
        hosts.socket, "create_connection", lambda *given, **_more: went.append(given)
    )
    with pytest.raises(BadAnswer, match=r"agency\.example\.ru"):
        Caller("https://agency.example.ru", sleep=waits.append).call("GET", "/")
    assert (went, waits) == ([], [])
    settings.INNER_HOSTS = frozenset(["agency.example.ru"])
    hosts.open_line(("agency.example.ru", 443))
    assert went == [(("93.184.216.34", 443),)]


def test_a_line_goes_to_the_address_that_was_checked(monkeypatch):
    resolved(monkeypatch, "93.184.216.34")
    went = []
    monkeypatch.setattr(
        hosts.socket, "create_connection", lambda *given, **_more: went.append(given)
    )
    hosts.open_line(("agency.example.ru", 443), 30)
    assert went == [(("93.184.216.34", 443), 30)]


def test_an_answer_nested_without_end_is_no_answer(waits):
    with serving(lambda _asked: (200, b"[" * 200_000)) as stand, pytest.raises(BadAnswer):
        Caller(stand.address, sleep=waits.append).call("GET", "/").json()


@pytest.mark.parametrize("to", ["https://127.0.0.1/", "https://localhost/x", "file:///etc/passwd"])
def test_a_redirect_into_the_house_is_refused(to):
    with pytest.raises(BadAnswer):
        checked_redirect("https://agency.example.ru/file", to, "agency.example.ru")


@pytest.mark.parametrize(
    "address",
    [
        "http://agency.amocrm.ru",
        "agency",
        "https://u:p@agency.ru",
        "https://:p@agency.ru",
        "ftp://agency.ru",
        "",
    ],
)
def test_an_address_without_tls_or_with_a_password_is_refused(address):
    with pytest.raises(BadInput):
        checked_base(address)


def test_an_address_is_taken_as_people_write_it():
    assert checked_base(" agency.amocrm.ru/ ") == "https://agency.amocrm.ru"
