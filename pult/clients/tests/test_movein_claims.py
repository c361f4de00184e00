"""What a file may not bring: what feeds somebody else's line, days nobody means."""

import pytest

from pult.clients import actions
from pult.clients.logic.movein.claims import Claim, Claims
from pult.clients.models import Client, LineFeed
from pult.clients.tests.factories import make_client, make_line
from pult.clients.tests.moving import bring, rows
from pult.kernel.errors import BadInput

pytestmark = pytest.mark.django_db
# (login, campaign): a number, a name, a whole login
NAMES = [("a", ""), ("", "7"), ("a", "7"), ("", "x"), ("a", "x"), ("b", ""), ("b", "7"), ("b", "x")]


@pytest.fixture(autouse=True)
def today(freeze):
    freeze("2026-03-10 12:00")


def claiming(name, login, campaign):
    return [name, *[""] * 6, "Поиск", "контекст", "Директ", login, campaign, "", "", ""]


def test_of_two_clients_of_a_file_that_claim_a_campaign_the_second_is_refused(cast):
    rivals = [claiming("Мак", "romashka", "11"), ["Мак", "", "", "", "Зоя", *[""] * 10]]
    _batch, preview = bring(cast, rows(*rivals))
    assert LineFeed.objects.get(campaign_id="11").line.client.name == "Ромашка"
    (error,) = preview.errors
    assert (error.line, error.field) == (5, "campaign")
    assert "Ромашка" in error.message
    assert error.cure
    poppy = Client.objects.get(name="Мак")
    assert (poppy.contacts.get().name, poppy.lines.count()) == ("Зоя", 0)


@pytest.mark.parametrize(
    ("login", "campaign", "is_refused"),
    [
        ("romashka", "11", True),
        ("romashka", "", True),
        ("", "11", True),
        ("other", "11", False),
        ("romashka", "12", False),
    ],
)
def test_a_campaign_of_a_known_clients_line_is_not_taken_by_a_file(
    cast, login, campaign, is_refused
):
    bring(cast)
    _batch, preview = bring(cast, [(2, claiming("Мак", login, campaign)), (3, ["Клён"])])
    assert [error.line for error in preview.errors] == ([2] if is_refused else [])
    assert Client.objects.filter(name="Мак").exists() is not is_refused
    assert Client.objects.filter(name="Клён").exists()
    assert LineFeed.objects.filter(line__client__name="Мак").exists() is not is_refused


def test_the_same_file_again_claims_nothing_anew(cast):
    bring(cast)
    _batch, preview = bring(cast)
    assert preview.errors == ()
    assert preview.counts["same"] == 2


@pytest.mark.parametrize("there", NAMES[:5])
@pytest.mark.parametrize("claim", NAMES)
@pytest.mark.parametrize("is_own", [True, False])
def test_a_file_may_claim_what_a_form_may(cast, there, claim, is_own):
    mine, other = make_client("Лес", am=cast.anna), make_client("Луг", am=cast.anna)
    line = make_line(mine, "Поиск")
    rival = make_line(mine if is_own else other, "Соцсети")
    LineFeed.objects.create(line=line, source="direct", login=there[0], campaign_id=there[1])
    try:
        actions.link_feed(
            by=cast.vera,
            line_id=rival.pk,
            source="direct",
            login=claim[0],
            campaign_id=claim[1],
        )
        is_taken = False
    except BadInput:
        is_taken = True
    held = Claim("direct", *there, mine.pk)
    assert Claim("direct", *claim, rival.client_id).clashes(held) is is_taken
    assert held.clashes(Claim("direct", *claim, rival.client_id)) is is_taken
    found = Claims([held]).against(Claim("direct", *claim, rival.client_id))
    assert (found is not None) is is_taken


@pytest.mark.parametrize("day", ["05.03.1926", "2206-03-05"])
def test_a_day_nobody_means_is_an_error_of_its_row(cast, day):
    table = rows(["Мак", *[""] * 6, "Поиск", *[""] * 5, day, ""])
    _batch, preview = bring(cast, table)
    (error,) = preview.errors
    assert (error.line, error.field) == (5, "period_from")
    assert day in error.message
    assert "2029" in error.cure
