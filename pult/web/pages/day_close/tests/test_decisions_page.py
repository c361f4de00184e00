"""A head decides about a day where the notices are; the person reads it."""

from datetime import date

import pytest
from django.urls import reverse

from pult.people.queries import decided_between

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 5, 11)


def test_a_head_decides_on_the_page_and_the_person_reads_it(login, cast, freeze, later):
    freeze("2026-05-12 12:00")
    words = {"about": "away", "decision": "remark", "reason": "silent"}
    form = {"user": str(cast.anna.pk), "day": "2026-05-11", **words}
    head = login(cast.vera)
    assert head.post(reverse("day_decision"), form).url == reverse("day_people")
    assert "предупреждения не было" in head.get(reverse("day_people")).content.decode()
    text = login(cast.anna).get(reverse("working_day")).content.decode()
    assert "Не на работе. <strong>Замечание</strong>, предупреждения не было" in text
    assert "Замечание" not in login(cast.boris).get(reverse("working_day")).content.decode()
    (one,) = decided_between(MONDAY, MONDAY)
    back = reverse("day_decision_back", args=[one.fact.pk])
    assert login(cast.vera).post(back).url == reverse("day_people")
    assert "Решено за неделю" not in login(cast.vera).get(reverse("day_people")).content.decode()


def test_a_decision_that_is_refused_comes_back_with_what_was_chosen(login, cast, freeze):
    freeze("2026-05-12 12:00")
    form = {"user": str(cast.vera.pk), "about": "late", "decision": "talk", "reason": "again"}
    refused = login(cast.vera).post(reverse("day_decision"), form)
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "О своём дне сам никто не решает" in text
    assert '<option value="again" selected' in text
