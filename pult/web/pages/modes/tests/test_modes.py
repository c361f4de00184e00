from collections import Counter
from datetime import date

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_client
from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.regulation import stamp, sweep
from pult.regulation.evaluate.table import State
from pult.regulation.models import ClauseMode, GoLive, Obligation
from pult.regulation.modes import set_go_live, set_go_live_of_clients
from pult.regulation.tests.world import tell

pytestmark = pytest.mark.django_db


def switch(login, cast, **change):
    said = {
        "mode": "1",
        "team": str(cast.team.pk),
        "since": "2026-04-01",
        "reason": "Посмотрим неделю",
    }
    return login(cast.vera).post(reverse("mode", args=["9.1"]), said | change)


def test_a_clause_is_switched_for_one_team_from_a_day(login, cast, pack, freeze):
    freeze("2026-03-12 12:00")
    assert switch(login, cast).status_code == 303
    row = ClauseMode.objects.latest("pk")
    assert (row.clause, row.team_id, row.mode, str(row.since)) == (
        "9.1",
        cast.team.pk,
        1,
        "2026-04-01",
    )
    text = login(cast.vera).get(reverse("modes")).content.decode()
    assert "в тени с 1 апреля" in text


@pytest.mark.parametrize(
    "change", [{"mode": "9"}, {"team": "777"}, {"since": "2026-03-01"}, {"reason": ""}]
)
def test_a_wrong_switch_changes_nothing(login, cast, pack, freeze, change):
    freeze("2026-03-12 12:00")
    before = ClauseMode.objects.count()
    assert switch(login, cast, **change).status_code == 422
    assert ClauseMode.objects.count() == before


def test_before_switching_a_head_sees_what_would_appear(login, cast, pack, freeze, within_budget):
    freeze("2026-03-10 12:00")
    client = make_client("Ромашка", am=cast.anna)
    tell("client.status", root=client.pk, state="client", at="2026-01-12 12:00")
    page = login(cast.vera).get(reverse("mode", args=["9.1"])).context["page"]
    within_budget(login(cast.vera), "modes", reverse("modes"))
    assert page.live == len(page.would_show) > 0
    assert {debt.row.client for debt in page.would_show} == {"Ромашка"}


def test_a_clause_that_does_not_run_has_no_switch(login, cast, pack):
    assert login(cast.vera).get(reverse("mode", args=["1.1"])).status_code == 404


def test_a_team_gets_a_first_day_of_its_own(login, cast, pack, freeze):
    freeze("2026-03-12 12:00")
    said = {"scope": f"team:{cast.team.pk}", "on": "2026-04-01"}
    assert login(cast.vera).post(reverse("go_live"), said).status_code == 303
    assert str(GoLive.objects.get().on) == "2026-04-01"
    assert "Первая группа" in login(cast.vera).get(reverse("go_live")).content.decode()
    for wrong in ("team:777", "client:1", "all"):
        answer = login(cast.vera).post(reverse("go_live"), {**said, "scope": wrong})
        assert answer.status_code == 422


def test_a_first_day_shows_what_it_would_ask_before_it_is_set(login, cast, pack, freeze):
    freeze("2026-03-10 12:00")
    for client in (make_client("Ромашка", am=cast.anna), make_client("Лес", am=cast.boris)):
        tell("client.status", root=client.pk, state="client", at="2026-01-12 12:00")
    GoLive.objects.create(
        scope_type="agency", scope_id=0, on="2026-06-01", recorded_at=clock.now(), by=cast.vera
    )
    stamp.changed()
    vera, said = login(cast.vera), {"scope": f"team:{cast.team.pk}", "on": "2026-03-10"}
    assert vera.get(reverse("go_live")).context["page"].asks is None
    page = vera.get(reverse("go_live"), said).context["page"]
    promised = {one.clause: (one.opens, one.overdue, one.goes) for one in page.asks}
    assert promised["12.3"] == (1, 0, 0)
    assert GoLive.objects.count() == 1
    assert vera.post(reverse("go_live"), said).status_code == 303
    sweep.sweep()
    rows = Obligation.objects.filter(state__lt=State.MET)
    assert Counter(rows.values_list("clause", flat=True)) == {c: n[0] for c, n in promised.items()}


def test_a_first_day_out_of_this_world_is_neither_counted_nor_set(login, cast, pack):
    for day in ("9999-12-31", "soon"):
        answer = login(cast.vera).get(reverse("go_live"), {"scope": "agency:0", "on": day})
        assert answer.status_code == 422
    for scope in (("agency", 0), ("client", 7)):
        with pytest.raises(BadInput):
            set_go_live(on=date(1, 1, 1), by=cast.vera, role="head", scope=scope)
    with pytest.raises(BadInput):
        set_go_live_of_clients(on=date(2206, 1, 1), by=cast.vera, role="head", client_ids=[7])
    assert not GoLive.objects.exists()
