"""Plans of work with a client: one current of each kind, with its next steps and their days."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import client_for, require
from pult.clients.actions.cards import EDITORS
from pult.clients.card_access import plan_for, step_for
from pult.clients.edits import change, check, only
from pult.clients.models import Plan, PlanStep
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

EDITABLE = frozenset(["text", "review_on"])


def make_plan(*, by: "User", client_id: int, kind: str, text: str, review_on: date) -> Plan:
    """Make the current plan of a kind; the one before it is closed and kept."""
    role = require(by, *EDITORS, act=_("plan the work with a client"))
    client = client_for(by, client_id)
    today = business_day()
    _check_review(review_on)
    with acting(client.pk):
        client.plans.filter(kind=kind, closed_on=None).update(closed_on=today)
        plan = Plan(client=client, kind=kind, text=text, since=today, review_on=review_on, by=by)
        _check_words(text)
        check(plan)
        plan.save(force_insert=True)
        _tell("account_plan.made", plan, by, role, day=review_on)
    return plan


def edit_plan(*, by: "User", plan_id: int, version: int, **changes: Any) -> Plan:
    """Change the words or the day of review of a current plan."""
    role = require(by, *EDITORS, act=_("plan the work with a client"))
    plan = plan_for(by, plan_id)
    changes = only(changes, EDITABLE)
    if "text" in changes:
        _check_words(changes["text"])
    if "review_on" in changes:
        _check_review(changes["review_on"], plan.review_on)
    with acting(plan.client_id):
        _check_current(plan)
        if change(plan, version, changes, by):
            _tell("account_plan.made", plan, by, role, day=plan.review_on)
    return plan


def add_step(*, by: "User", plan_id: int, text: str, due_on: date) -> PlanStep:
    """The next thing to do by a plan, and its day."""
    role = require(by, *EDITORS, act=_("plan the work with a client"))
    plan = plan_for(by, plan_id)
    check_day(due_on, "due_on")
    _check_words(text)
    with acting(plan.client_id):
        _check_current(plan)
        step = PlanStep(plan=plan, text=text, due_on=due_on)
        check(step)
        step.save(force_insert=True)
        _tell("account_plan.step", plan, by, role, day=due_on)
    return step


def finish_step(*, by: "User", step_id: int, is_done: bool = True) -> PlanStep:
    """A step is done, or is not after all."""
    role = require(by, *EDITORS, act=_("plan the work with a client"))
    step = step_for(by, step_id)
    with acting(step.plan.client_id):
        step.refresh_from_db(fields=["done_on"])
        if bool(step.done_on) == is_done:
            return step
        step.done_on = business_day() if is_done else None
        step.save(update_fields=["done_on"])
        _tell("account_plan.step", step.plan, by, role)
    return step


def _check_current(plan: Plan) -> None:
    plan.refresh_from_db()
    if plan.closed_on:
        raise Refusal(_("This plan was replaced by a newer one"), cure=_("Open the current plan"))


def _check_review(review_on: date, before: date | None = None) -> None:
    """A review is ahead; one that was due stays where the words alone are changed."""
    check_day(review_on, "review_on")
    if review_on != before and review_on <= business_day():
        raise BadInput(_("The review is ahead"), field="review_on")


def _check_words(text: str) -> None:
    if not text.strip():
        raise BadInput(_("Write what is to be done"), field="text")


def _tell(kind: str, plan: Plan, by: "User", role: str, **fact: Any) -> None:
    refs = {"client": plan.client_id, "plan": plan.pk}
    payload = {"sort": plan.kind}
    record(kind, root_id=plan.client_id, refs=refs, by=by, role=role, payload=payload, **fact)
