"""The day a plan is looked at again is ahead, when it is made and when it is changed."""

from datetime import timedelta

import pytest

from pult.clients import actions
from pult.clients.models import Plan
from pult.clients.tests.factories import make_client
from pult.kernel.errors import BadInput
from pult.people.queries import business_day


@pytest.mark.django_db
def test_a_review_is_not_moved_into_the_past_and_one_that_was_due_stays(cast):
    firm, today = make_client(am=cast.anna), business_day()
    plan = Plan.objects.create(
        client=firm, kind="account", text="Рост", since=today, review_on=today, by=cast.anna
    )
    edit = {"by": cast.anna, "plan_id": plan.pk, "version": 1}
    with pytest.raises(BadInput) as refused:
        actions.edit_plan(**edit, review_on=today - timedelta(days=1))
    assert refused.value.field == "review_on"
    actions.edit_plan(**edit, text="Рост вдвое", review_on=today)
    plan.refresh_from_db()
    assert (plan.text, plan.review_on) == ("Рост вдвое", today)
