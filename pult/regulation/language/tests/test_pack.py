"""The shipped pack: every card is taken, every example holds, every shape is there."""

import importlib

import pytest
from django.apps import apps

from pult.kernel.facts import kinds
from pult.regulation.evaluate import evaluate  # noqa: F401  (the examples run on it)
from pult.regulation.evaluate.card import RUNNING_KINDS, Card
from pult.regulation.language.check import Report, check
from pult.regulation.language.pack import load_pack
from pult.regulation.pack_path import default_pack

LIVE = ["0.1", "0.2", "0.2.1", "0.2.2", "1.3", "1.13"]
LIVE += [f"2.{number}" for number in (0, 1, 2, 3, 4, 6, 7, 9, 10, 11, 13, 15)]
LIVE += [
    "3.1",
    "3.3",
    "5.1",
    "5.2",
    "5.3",
    "5.4",
    "5.5",
    "5.6",
    "6.1",
    "6.1.1",
    "8.1",
    "9.1",
    "12.1",
]
LIVE += ["12.3", "13.5", "13.6", "М2.1", "М3.3", "М3.4", "М3.5"]
LIVE += [*(f"М4.{number}" for number in range(1, 10)), "П.1", "П.7", "П.28"]
NOT_RUNNING = {"invariant", "routing", "definition", "attestation", "checklist", "prompt"}
NOT_RUNNING |= {"training", "note"}


@pytest.fixture(scope="module")
def report() -> Report:
    return check(default_pack())


@pytest.fixture(scope="module")
def registry() -> dict:
    for config in apps.get_app_configs():
        if config.name.startswith("pult.") and importlib.util.find_spec(f"{config.name}.facts"):
            importlib.import_module(f"{config.name}.facts")
    return kinds()


def test_every_card_is_taken(report: Report):
    assert [str(problem) for problem in report.problems] == []
    assert report.good


def test_every_example_comes_out_as_its_card_says(report: Report):
    wrong = [(ran.card.clause, ran.example.name, ran.got) for ran in report.failures]
    assert wrong == []
    assert len(report.ran) >= 90


def test_the_clauses_that_run_now_need_only_recorded_facts(report: Report):
    assert [card.clause for card in report.live] == LIVE


def test_a_live_card_shows_at_least_three_examples(report: Report):
    few = {card.clause: len(card.examples) for card in report.live if len(card.examples) < 3}
    assert few == {}


def test_every_kind_of_clause_has_a_card(report: Report):
    assert set(report.kinds) == {*RUNNING_KINDS, *NOT_RUNNING}


def shapes(cards: dict[str, Card]) -> dict[str, bool]:
    """The shapes the syntax had to prove, by the clause that proves each."""
    due = {clause: card.deadlines[0] for clause, card in cards.items() if card.deadlines}
    return {
        "12.5 one reply for each question": cards["12.5"].each == "question",
        "5.3 lead on a revisable date": due["5.3"].side == "before",
        "1.13 three deadlines of one trigger": [
            deadline.side for deadline in cards["1.13"].deadlines
        ]
        == ["before", "at", "after"],
        "8.5 soft and hard": bool(due["8.5"].soft and due["8.5"].soft.value == 3),
        "4.1 age or absence": bool(cards["4.1"].trigger and cards["4.1"].trigger.missing),
        "9.7 another clause": bool(cards["9.7"].trigger and cards["9.7"].trigger.clause == "9.4"),
        "6.2 all children": bool(
            cards["6.2"].gate
            and cards["6.2"].gate.requires[0].condition.any_of[0][0].quantifier == "all"
        ),
        "М4.9 role and act": bool(cards["М4.9"].forbidden and cards["М4.9"].forbidden.role == "am"),
        "9.4 cadence by age": bool(cards["9.4"].active and cards["9.4"].active.any_of[0][1].within),
        "10.1 a period of each client": bool(cards["10.1"].cadence and cards["10.1"].cadence.gap),
        "М3.5.1 gate on the ledger": bool(
            cards["М3.5.1"].gate
            and cards["М3.5.1"].gate.requires[0].condition.any_of[0][0].clause == "5.3"
        ),
        "11.3 monitor": bool(cards["11.3"].monitor),
        "6.9 a warning at 80 %": bool(
            due["6.9"].warn_percent and due["6.9"].warn_percent.value == 80
        ),
    }


def test_every_shape_the_syntax_had_to_prove_has_a_card(report: Report):
    found = shapes({card.clause: card for card in report.pack.cards})
    assert [shape for shape, there in found.items() if not there] == []


def test_the_vocabulary_agrees_with_what_domains_record(registry: dict):
    pack = load_pack(default_pack(), registry)
    assert [str(problem) for problem in pack.problems] == []


def test_facts_marked_planned_are_those_nobody_records(report: Report, registry: dict):
    told = report.pack.vocabulary.planned(registry)
    assert set(told) == set(report.pack.vocabulary.planned())


def test_the_report_holds_what_the_command_prints(report: Report):
    printed = report.as_dict("en")
    assert list(printed) == [
        "cards", "live", "examples", "failures", "problems", "remarks", "planned",
    ]  # fmt: skip
    drawn = [card for card in report.pack.cards if card.kind == "obligation"]
    assert printed["cards"]["obligation"] == len(drawn) > 0
    assert "question.asked" in printed["planned"]


def test_cards_know_their_file_but_not_where_the_pack_lies(report: Report):
    assert {card.file.rpartition("/")[0] for card in report.pack.cards} == {"regulations/agency"}
