"""The form of a top-up: the line of the row and those that share its ad account."""

from dataclasses import replace

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from pult.clients.access import lines_of
from pult.kernel.amounts import read_amount
from pult.kernel.errors import BadInput, Conflict, NotVisible, PultError
from pult.money.actions.top_up_checks import sum_field
from pult.money.queries import held_at_agency
from pult.people.queries import business_day
from pult.regulation.queries import LedgerRow
from pult.ui import formats
from pult.web.fields import as_typed
from pult.web.pages.obligation.page import RowForm, TopUpLine, row_form

ONLY = "amount"
FIELD = "amount_"  # as `sum_field` has it, however many lines there are by the time it is sent


def topup_form(request: HttpRequest, obligation_id: int) -> RowForm:
    """How much was moved to the ad account of the line the row is about, and when; by default all
    of the client's money the agency holds for it. Lines of the same account that wait too are
    topped up by the same act."""
    page = row_form(
        request,
        obligation_id,
        name="obligation_topup",
        form="obligation/topup.html",
        title=_("Top-up of the ad account"),
    )
    subject_of(page.row, "line")
    waiting = {row.subject_id: row.subject for row in page.rows if row.subject_type == "line"}
    held = held_at_agency(list(waiting))
    same = _of_one_account(request, page.row.subject_id, list(waiting))
    alone = len(same) == 1
    lines = [_line(pk, waiting[pk], held[pk], request, alone) for pk in same]
    return replace(
        page,
        held=formats.money(held[page.row.subject_id]),
        lines=tuple(lines),
        values={"on": business_day().isoformat()} | page.values,
    )


def sums_of(page: RowForm, given: QueryDict) -> dict[int, int]:
    """Line → kopecks of the form; a line left empty is not topped up where there are others.
    Raises Conflict for the sum of a line whose money waits no more."""
    alone, known = len(page.lines) == 1, {line.field for line in page.lines}
    if any(name.startswith(FIELD) and given[name].strip() for name in given.keys() - known):
        raise Conflict(
            _("Somebody has meanwhile noted the top-up of another line of this form"),
            cure=_("Look at the sums again: only the lines whose money still waits are left"),
        )
    return {
        line.id: read_amount(given.get(line.field, ""), field=line.field)
        for line in page.lines
        if alone or given.get(line.field, "").strip()
    }


def with_problem(page: RowForm, problem: PultError) -> RowForm:
    """The form with what is wrong: a sum is told of at the field of its line, by its name."""
    wrong = getattr(problem, "field", "")
    alone = len(page.lines) == 1
    for line in page.lines:
        if wrong == line.field or (alone and wrong == ONLY):
            told = replace(line, error=str(problem.message))
            lines = tuple(told if one is line else one for one in page.lines)
            problem = BadInput(problem.message, field=line.label, cure=problem.cure)
            return replace(page, problem=problem, lines=lines)
    return replace(page, problem=problem)


def subject_of(row: LedgerRow, kind: str) -> int:
    """The id of the row's subject; NotVisible when the row is about something else."""
    if row.subject_type != kind:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return row.subject_id


def _of_one_account(request: HttpRequest, line_id: int, waiting: list[int]) -> list[int]:
    """The lines that share the ad account of one of them; one query where there are several."""
    if len(waiting) == 1:
        return waiting
    rows = lines_of(request.user).filter(pk__in=waiting)
    accounts = {pk: account for pk, *account in rows.values_list("pk", "platform", "wallet")}
    return [pk for pk in waiting if accounts.get(pk) == accounts.get(line_id)]


def _line(pk: int, name: str, held: int, request: HttpRequest, alone: bool) -> TopUpLine:
    field = sum_field(pk)
    return TopUpLine(
        id=pk,
        name=name,
        field=field,
        label=_("Sum, ₽") if alone else _("%(line)s, ₽") % {"line": name},
        value=request.POST.get(field, as_typed(held) if held else ""),
        held=formats.money(held),
    )
