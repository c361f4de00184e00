"""A new task: which client, which form, and its fields filled in from what is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.models import ServiceLine
from pult.clients.queries import (
    client_header,
    client_lines,
)
from pult.clients.queries.shapes import LineItem
from pult.kernel.errors import PultError
from pult.kernel.words import id_of
from pult.people.models import Department
from pult.web.fields import id_in, not_offered
from pult.web.pages.projects.page import FoundClients, found_clients
from pult.web.pages.task.changes import Input, hours_in, inputs_of, values_in
from pult.web.pages.task.page import FLAGS, moment_in
from pult.work.actions import set_task
from pult.work.queries import FormItem, department_choices, form_item, form_items

if TYPE_CHECKING:
    from django.http import QueryDict

    from pult.people.models import User
    from pult.work.models import Task

ADVERTISERS = frozenset(["context", "target", "seo", "smm"])
# A line of such a tool is the work of the department of its name.
DEPARTMENTS_OF_TOOLS = frozenset(ServiceLine.Tool.values) & frozenset(Department.Code.values)


@dataclass(frozen=True)
class NewPage:
    """What is chosen so far: without a client it is looked for, without a form it is chosen.

    `typed` is what stands in the fields; `line` the one chosen, by itself the only line at work
    that the department makes.
    """

    client_id: int | None
    client: str
    q: str
    clients: FoundClients
    department: str
    departments: tuple[tuple[str, str], ...]
    forms: tuple[FormItem, ...]
    form: FormItem | None
    inputs: tuple[Input, ...]
    lines: tuple[tuple[Any, str], ...]
    line: str
    flags: tuple[tuple[str, Any, bool], ...]
    typed: Mapping[str, str]
    problem: PultError | None


def new_page(user: "User", given: "QueryDict", problem: PultError | None) -> NewPage:
    """The step that what is given leads to; raises NotVisible for somebody else's client."""
    client_id = id_of(given.get("client", ""))
    header = client_header(user, client_id) if client_id else None
    form = form_item(given.get("template", "")) if header else None
    department = given.get("department", "")
    if form and department not in dict(form.departments):
        department = form.departments[0][0]
    known = dict(department_choices())
    lines = lines_for(form, client_lines(user, client_id), given) if form and client_id else ()
    marked = given.getlist("flag")
    return NewPage(
        client_id=client_id if header else None,
        client=header.name if header else "",
        q=given.get("q", "")[:200],
        clients=FoundClients() if header else found_clients(user, given.get("q", "")),
        department=department if department in known else "",
        departments=department_choices(),
        forms=form_items(department=department if department in known else "")
        if header and not form
        else (),
        form=form,
        inputs=inputs_of(form.fields, given, client_id=client_id or 0, problem=problem)
        if form
        else (),
        lines=(("", _("No line")), *((one.id, str(one.name)) for one in lines)),
        line=given.get("line", _usual_line(lines, department)),
        flags=tuple((code, words, code in marked) for code, words in FLAGS.items()),
        typed=given,
        problem=problem,
    )


def lines_for(
    form: FormItem, lines: tuple[LineItem, ...], given: Mapping[str, str]
) -> tuple[LineItem, ...]:
    """The lines a task of the form may be about: where advertising departments alone are asked,
    those they make and those nobody's in particular; the one already chosen stays."""
    asked = {code for code, _label in form.departments}
    if not asked <= ADVERTISERS:
        return lines
    foreign = DEPARTMENTS_OF_TOOLS - asked
    return tuple(
        one for one in lines if one.tool not in foreign or str(one.id) == given.get("line", "")
    )


def _usual_line(lines: tuple[LineItem, ...], department: str) -> str:
    """The only line at work that the department makes; of other departments, the only line."""
    at_work = [one for one in lines if one.status != ServiceLine.Status.ENDED]
    if department in ADVERTISERS:
        at_work = [one for one in at_work if one.tool == department]
    return str(at_work[0].id) if len(at_work) == 1 else ""


def set_typed(user: "User", given: "QueryDict") -> "Task":
    """Set the task as typed; raises BadInput naming the field, Refusal of a clause."""
    form = form_item(given.get("template", ""))
    if form is None:
        raise not_offered("template")
    if (client_id := id_in(given, "client")) is None:
        raise not_offered("client")
    return set_task(
        by=user,
        client_id=client_id,
        template=form.code,
        title=given.get("title", ""),
        result=given.get("result", ""),
        measure=given.get("measure", ""),
        due=moment_in(given, "due"),
        department=given.get("department", ""),
        line_id=id_in(given, "line"),
        values=values_in(form.fields, given),
        is_promised=given.get("is_promised") == "on",
        estimate=hours_in(given) or 0,
        flags=given.getlist("flag"),
    )
