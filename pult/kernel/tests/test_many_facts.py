import sys

import pytest

from pult.kernel.facts import Draft, on_record_many, record_many
from pult.kernel.models import Fact
from pult.kernel.tests.some_facts import sent

writing_module = sys.modules["pult.kernel.facts.writing"]

pytestmark = pytest.mark.django_db


def test_many_facts_get_their_ids_in_order_and_known_ones_keep_theirs(heard):
    touched = []
    on_record_many(touched.append)
    known = sent(source="bank", external_id="3")
    heard.clear()
    drafts = [
        Draft(
            kind="test.sent",
            root_id=n % 5,
            refs={"client": n % 5},
            source="bank",
            external_id=str(n),
            payload={"note": "счёт «ё»"},
        )
        for n in range(700)
    ]
    ids = record_many(drafts + drafts[:2])
    assert len(ids) == 702
    assert ids[3] == known.pk
    assert ids[700:] == ids[:2]
    rows = Fact.objects.in_bulk(ids)
    assert all(rows[ids[n]].external_id == str(n) for n in range(700))
    assert rows[ids[5]].payload == {"note": "счёт «ё»"}
    assert heard == []
    assert set().union(*touched) == {(n, "test.sent") for n in range(5)}


def test_an_import_that_is_overtaken_by_another_records_nothing_twice(monkeypatch):
    looks = []

    def look(drafts):
        looks.append(1)
        if len(looks) == 1:
            sent(source="bank", external_id="1")
            return {}
        return known_ids(drafts)

    known_ids = writing_module._known_ids
    monkeypatch.setattr(writing_module, "_known_ids", look)
    facts = {"kind": "test.sent", "root_id": 7, "refs": {"client": 7}, "source": "bank"}
    ids = record_many([Draft(external_id="1", **facts), Draft(external_id="2", **facts)])
    assert Fact.objects.count() == 2
    assert ids[0] == Fact.objects.get(external_id="1").pk


def test_a_fact_after_an_import_has_a_fresh_id():
    ids = record_many([Draft(kind="test.called", root_id=7, refs={"client": 7})] * 3)
    assert sent().pk > max(ids)


def test_a_broken_draft_in_an_import_is_an_error_not_a_hole():
    with pytest.raises(ValueError):
        record_many([Draft(kind="test.step", root_id=7, refs={"client": 7})])
