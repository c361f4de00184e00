"""The price of a contractor's task, and acts of what was accepted of them."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from pult.clients.access import require, roles_of
from pult.clients.edits import change, check
from pult.clients.models import OwnEntity
from pult.kernel import clock
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.kernel.words import line_of
from pult.people.models import User
from pult.people.queries import business_day
from pult.work.access import acting_role, conducts, leads, task_for
from pult.work.models import ActLine, ContractorAct, Task, TaskPrice
from pult.work.queries.prices import COUNTERS, act_for, to_count
from pult.work.steps import tell

if TYPE_CHECKING:
    from pult.work.queries.prices import WorkLine


def set_price(
    *, by: User, task_id: int, amount: int, terms: str = "", version: int = 0
) -> TaskPrice:
    """Agree on a price, in kopecks, with the contractor who does a task; `version` is that of the
    price seen, 0 for none. Another contractor's price is theirs no more.

    Raises Refusal when who does it is no contractor, or the task is in an act already.
    """
    task = task_for(by, task_id)
    if not (conducts(by, task) or leads(by, task.department)):
        raise Refusal(
            _("Who answers for the task agrees on its price"),
            who=str(task.author),
            subject=task,
        )
    if amount <= 0:
        raise BadInput(_("A price is above zero"), field="amount")
    with acting(0, task.client_id):  # an act is counted under the agency's lock
        task.refresh_from_db(fields=["assignee"])
        doer = task.assignee
        if doer is None or Role.CONTRACTOR not in roles_of(doer, clock.now()):
            raise Refusal(_("Only work of a contractor has a price"), subject=task)
        if task.act_lines.filter(act__voided_by=None).exists():
            raise Refusal(
                _("This task is in an act already"),
                cure=_("Let the accountant make another act in its place first"),
                subject=task,
            )
        row = _written(task, doer, by, amount, line_of(terms), version)
        payload = {"contractor": doer.pk}
        tell("task.price", task, by, acting_role(by, "am", "head"), value=amount, payload=payload)
    return row


def make_act(
    *,
    by: User,
    contractor: User,
    first: date,
    last: date,
    task_ids: Collection[int],
    entity_id: int,
    on: date | None = None,
    replaces: int | None = None,
    reason: str = "",
) -> ContractorAct:
    """Count accepted tasks of a contractor up; `replaces` voids an act by this one, for a reason.

    Raises BadInput for no tasks, a task that was not accepted in the period or is in another act.
    """
    role = require(by, *COUNTERS, act=_("make acts"))
    on = on or business_day()
    for day, field in ((first, "first"), (last, "last"), (on, "on")):
        check_day(day, field)
    if first > last:
        raise BadInput(_("The last day is before the first"), field="last")
    entity = OwnEntity.objects.filter(pk=entity_id).first()
    if entity is None:
        raise BadInput(_("Choose one of what is offered"), field="entity")
    with acting(0):
        old = _to_replace(contractor, replaces, reason)
        known = {line.task_id: line for line in to_count(contractor, first, last, but=old)}
        wanted = sorted(set(task_ids))
        if not wanted or set(wanted) - known.keys():
            raise BadInput(
                _("Choose work accepted in these days that is in no other act"), field="lines"
            )
        row = _counted(by, contractor, entity, (first, last, on), [known[pk] for pk in wanted])
        record(
            "contractor.act",
            root_id=0,
            refs={"person": contractor.pk, "act": row.pk},
            by=by,
            role=role,
            key=str(row),
            value=row.total,
        )
        if old is not None:
            old.voided_by, old.void_reason = row, line_of(reason)[:300]
            old.save(update_fields=["voided_by", "void_reason"])
            refs = {"person": contractor.pk, "act": old.pk}
            record("contractor.act_void", root_id=0, refs=refs, by=by, role=role, key=str(old))
    return row


def _written(task: Task, doer: User, by: User, amount: int, terms: str, version: int) -> TaskPrice:
    row = TaskPrice.objects.filter(task=task).first()
    if row is None:
        row = TaskPrice(task=task, contractor=doer, amount=amount, terms=terms, set_by=by)
        row.set_at = clock.now()
        check(row)
        row.save(force_insert=True)
        return row
    told = {"contractor": doer, "amount": amount, "terms": terms}
    if change(row, version, told):
        TaskPrice.objects.filter(pk=row.pk).update(set_by=by, set_at=clock.now())
    return row


def _to_replace(contractor: User, replaces: int | None, reason: str) -> ContractorAct | None:
    if replaces is None:
        return None
    old = act_for(replaces)
    if old.contractor_id != contractor.pk or old.voided_by_id:
        raise Refusal(_("This act is void already"), cure=_("Open the one made in its place"))
    if not line_of(reason):
        raise BadInput(_("Say why the act is wrong"), field="reason")
    return old


def _counted(
    by: User,
    contractor: User,
    entity: OwnEntity,
    days: tuple[date, date, date],
    lines: "list[WorkLine]",
) -> ContractorAct:
    first, last, on = days
    newest = ContractorAct.objects.filter(year=on.year).aggregate(n=Max("number"))["n"] or 0
    row = ContractorAct(
        contractor=contractor,
        entity=entity,
        number=newest + 1,
        year=on.year,
        on=on,
        first_day=first,
        last_day=last,
        total=sum(line.amount for line in lines),
        made_by=by,
        made_at=clock.now(),
    )
    row.save(force_insert=True)
    ActLine.objects.bulk_create(
        ActLine(
            act=row,
            task_id=line.task_id,
            title=line.title,
            accepted_on=line.accepted_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date(),
            amount=line.amount,
        )
        for line in lines
    )
    return row
