"""The clauses of a handover from sales play: check, points, study, the first call."""

from datetime import date

import pytest

from pult.clients.actions import handover as acts
from pult.clients.models import HandoverPaper
from pult.kernel.errors import Refusal
from pult.kernel.models import Fact
from pult.regulation.actions import Target, waive

pytestmark = pytest.mark.django_db


def offer(sale, row):
    return acts.offer_handover(by=sale.cast.gleb, handover_id=row.pk)


def test_a_new_version_of_a_paper_asks_to_be_studied_anew(sale):
    row = sale.accepted()
    for about in ("contract", "brief", "proposal", "plan"):
        acts.study(by=sale.cast.anna, handover_id=row.pk, about=about)
    assert sale.states("2.11") == ["met"]
    newest = Fact.objects.filter(kind="handover.studied").latest("pk")
    assert newest.state == "all"
    acts.edit_brief(by=sale.cast.gleb, handover_id=row.pk, version=row.version, sold="SEO")
    acts.study(by=sale.cast.anna, handover_id=row.pk, about="contract")
    newest = Fact.objects.filter(kind="handover.studied").latest("pk")
    assert newest.state == "part"


def test_the_clauses_of_a_handover_play(sale):
    sale.offered()
    assert sale.states("2.9") == ["open"]
    sale.at("2026-03-04 12:00")
    assert sale.states("2.9") == ["overdue"]


def test_acceptance_asks_for_study_points_and_the_first_call(sale):
    sale.accepted()
    assert sale.states("2.9") == ["met"]
    assert sale.states("2.10") == ["met"]
    assert sale.states("2.11") == ["open"]
    assert sale.states("3.1") == ["open"]
    sale.at("2026-03-05 12:00")
    assert sale.states("2.11") == ["overdue"]
    assert sale.states("3.1") == ["overdue"]


def test_a_disputed_point_keeps_2_10_open_until_it_is_cleared_up(sale):
    row = sale.offered()
    acts.raise_point(by=sale.cast.anna, handover_id=row.pk, kind="disputed", text="Чей бюджет?")
    acts.accept_handover(
        by=sale.cast.anna,
        handover_id=row.pk,
        version=row.version,
        checked_papers=True,
        checked_tools=True,
    )
    assert sale.states("2.10") == ["open"]
    acts.resolve_point(by=sale.cast.anna, point_id=row.points.get().pk)
    assert sale.states("2.10") == ["met"]


def test_papers_forgiven_singly_are_still_asked_for_as_a_whole(sale):
    row = sale.ready()
    paper = HandoverPaper.objects.get(kind="contract")
    acts.remove_paper(by=sale.cast.gleb, paper_id=paper.pk)
    waive(
        target=Target("2.3", row.client_id, "handover", row.pk),
        until=date(2026, 3, 6),
        reason="Договор у курьера",
        by=sale.cast.vera,
        role="head",
    )
    with pytest.raises(Refusal) as refusal:
        offer(sale, row)
    assert refusal.value.clause == "2.7"
