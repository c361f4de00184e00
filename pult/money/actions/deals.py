"""A deal is entered when its appendix is ready (5.6), corrected, and taken back."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import client_for, require
from pult.clients.edits import change, only
from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record, void
from pult.kernel.models import Fact
from pult.kernel.words import line_of
from pult.money.access import deal_for
from pult.money.models import Deal
from pult.work.access import task_for
from pult.work.editions import APPENDIX

if TYPE_CHECKING:
    from pult.clients.models import Client
    from pult.people.models import User
    from pult.work.models import Task

DEALERS = ("am", "head", "accountant", "director")
EDITABLE = frozenset(["number", "total", "ad_budget", "tech_cost"])
LARGEST = 10**13  # kopecks


def make_deal(
    *,
    by: "User",
    client_id: int,
    number: str,
    total: int,
    ad_budget: int,
    tech_cost: int,
    task_id: int | None = None,
) -> Deal:
    """Enter the deal of an appendix, amounts in kopecks; closes 5.6 for its task.

    Raises BadInput for parts that do not fit into the sum, Refusal for an appendix or a number
    that has its deal.
    """
    role = require(by, *DEALERS, act=_("enter deals"))
    client = client_for(by, client_id)
    task = _appendix(by, client, task_id) if task_id else None
    told = {"number": number, "total": total, "ad_budget": ad_budget, "tech_cost": tech_cost}
    told = _checked(told)
    with acting(client.pk):
        if task and Deal.objects.filter(task=task, cancelled_at=None).exists():
            raise Refusal(
                _("This appendix has its deal already"),
                cure=_("Open that deal and correct it"),
                subject=client,
            )
        _refuse_taken(client, told["number"])
        refs = {"client": client.pk} | ({"task": task.pk} if task else {})
        fact = record("deal.made", root_id=client.pk, refs=refs, by=by, role=role, value=total)
        deal = Deal(client=client, task=task, by=by, at=clock.now(), fact=fact, **told)
        deal.save(force_insert=True)
    return deal


def edit_deal(*, by: "User", deal_id: int, version: int, **changes: Any) -> Deal:
    """Correct columns of `EDITABLE`; raises Conflict when somebody was first."""
    role = require(by, *DEALERS, act=_("enter deals"))
    deal = deal_for(by, deal_id)
    with acting(deal.client_id):
        deal.refresh_from_db()
        _must_stand(deal)
        told = {name: getattr(deal, name) for name in EDITABLE} | only(changes, EDITABLE)
        told = _checked(told)
        if told["number"] != deal.number:
            _refuse_taken(deal.client, told["number"])
        if fields := change(deal, version, told):
            if "total" in fields:
                _made_anew(deal, by, role)
            _tell("deal.edited", deal, by, role, payload={"fields": fields})
    return deal


def cancel_deal(*, by: "User", deal_id: int) -> Deal:
    """Take a deal back: the appendix waits for its deal again."""
    role = require(by, *DEALERS, act=_("enter deals"))
    deal = deal_for(by, deal_id)
    with acting(deal.client_id):
        deal.refresh_from_db()
        _must_stand(deal)
        change(deal, deal.version, {"cancelled_at": clock.now()})
        void(deal.fact, by=by, reason=_("The deal was entered by mistake"))
        _tell("deal.cancelled", deal, by, role)
    return deal


def _appendix(by: "User", client: "Client", task_id: int) -> "Task":
    task = task_for(by, task_id)
    if task.client_id != client.pk or task.template != APPENDIX:
        raise BadInput(_("Choose an appendix of this client"), field="task")
    return task


def _checked(told: dict[str, Any]) -> dict[str, Any]:
    number = line_of(told["number"])
    if not number:
        raise BadInput(_("Name the number of the appendix"), field="number")
    for name in ("total", "ad_budget", "tech_cost"):
        if not 0 <= (told[name] or 0) <= LARGEST:
            raise BadInput(_("This amount cannot be right"), field=name)
    if not told["total"]:
        raise BadInput(_("A deal has its sum"), field="total")
    parts = (told["ad_budget"] or 0) + (told["tech_cost"] or 0)
    if parts > told["total"]:
        raise BadInput(
            _("Ad budget and technical cost are more than the whole"),
            field="total",
            cure=_("What is left of the sum is the agency's fee"),
        )
    amounts = {name: told[name] or 0 for name in ("total", "ad_budget", "tech_cost")}
    return {"number": number, **amounts}


def _refuse_taken(client: "Client", number: str) -> None:
    if Deal.objects.filter(client=client, number=number, cancelled_at=None).exists():
        raise BadInput(_("This client has a deal of this number"), field="number")


def _must_stand(deal: Deal) -> None:
    if deal.cancelled_at:
        raise Refusal(_("This deal was taken back"), cure=_("Enter it anew"), subject=deal.client)


def _made_anew(deal: Deal, by: "User", role: str) -> None:
    """The corrected sum stands in the fact of the deal too, as of when it was entered."""
    void(deal.fact, by=by, reason=_("The entry was corrected"))
    deal.fact = _tell("deal.made", deal, by, role, at=deal.at, value=deal.total)
    deal.save(update_fields=["fact"])


def _tell(kind: str, deal: Deal, by: "User", role: str, **fact: Any) -> Fact:
    refs = {"client": deal.client_id} | ({"task": deal.task_id} if deal.task_id else {})
    return record(kind, root_id=deal.client_id, refs=refs, by=by, role=role, **fact)
