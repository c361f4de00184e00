"""A line starts on credit within the limit of the trust or of the contract (6.1)."""

from datetime import date

import pytest

from pult.clients import actions
from pult.clients.models import ServiceLine
from pult.clients.tests.factories import make_client, make_contract, make_line
from pult.kernel.errors import Refusal
from pult.kernel.facts import record
from pult.kernel.roles import Role
from pult.money.tests.factories import make_invoice
from pult.regulation import editions, modes, registry, sweep
from pult.regulation.actions import Target, waive
from pult.regulation.evaluate.table import Mode

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(cast, freeze):
    freeze("2026-03-10 12:00")
    editions.sync()
    modes.install_modes(Mode.VISIBLE, date(2020, 1, 1))
    yield make_line(make_client(am=cast.anna), status="planned")
    registry.forget()
    sweep.forget()


def trust(cast, line, limit):
    actions.set_trusted(
        by=cast.vera,
        client_id=line.client_id,
        reason_code="long_partner",
        limit=limit,
        until=date(2026, 6, 30),
    )


def test_trust_ends_where_its_limit_does(cast, line):
    ServiceLine.objects.filter(pk=line.pk).update(monthly_budget=60_000_00)
    other = make_line(line.client, name="Соцсети")
    make_invoice(line.client, "7", (other, 50_000_00))
    trust(cast, line, 100_000_00)
    with pytest.raises(Refusal, match="50") as refused:
        actions.start_line(by=cast.anna, line_id=line.pk)
    assert (refused.value.clause, str(refused.value.who)) == ("6.1", Role.HEAD.label)
    assert line.name in str(refused.value.message)
    trust(cast, line, 110_000_00)
    actions.start_line(by=cast.anna, line_id=line.pk)


def test_a_contract_paid_after_work_has_its_limit_too(cast, line):
    ServiceLine.objects.filter(pk=line.pk).update(
        monthly_budget=60_000_00, contract=make_contract(line.client)
    )
    line.refresh_from_db()
    scheme = {"by": cast.vera, "contract_id": line.contract_id, "kind": "postpaid", "days": 10}
    actions.set_scheme(**scheme, since=date(2026, 3, 1), limit=50_000_00)
    with pytest.raises(Refusal, match="60"):
        actions.start_line(by=cast.anna, line_id=line.pk)
    refs = {"client": line.client_id, "line": line.pk}
    record("line.funded", root_id=line.client_id, refs=refs, by=None, state="full")
    actions.start_line(by=cast.anna, line_id=line.pk)


def test_whoever_answers_for_a_line_lets_it_pass_the_limit(cast, line):
    ServiceLine.objects.filter(pk=line.pk).update(monthly_budget=60_000_00)
    trust(cast, line, 50_000_00)
    with pytest.raises(Refusal):
        actions.start_line(by=cast.anna, line_id=line.pk)
    target = Target("6.1", line.client_id, "line", line.pk)
    until = date(2026, 3, 20)
    waive(target=target, until=until, reason="деньги завтра", by=cast.vera, role="head")
    actions.start_line(by=cast.anna, line_id=line.pk)
