"""A new task: which client, which form, and its fields filled in from what is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.queries import (
    client_header,
    client_lines,
)
from pult.kernel.errors import PultError
from pult.kernel.words import id_of
from pult.web.fields import id_in, not_offered
from pult.web.pages.projects.page import found_clients
from pult.web.pages.task.changes import Input, hours_in, inputs_of, values_in
from pult.web.pages.task.page import FLAGS, moment_in
from pult.work.actions import set_task
from pult.work.queries import FormItem, department_choices, form_item, form_items

if TYPE_CHECKING:
    from django.http import QueryDict

    from pult.people.models import User
    from pult.work.models import Task


@dataclass(frozen=True)
class NewPage:
    """What is chosen so far: without a client it is looked for, without a form it is chosen.

    `clients` are (id, name) of those found; `typed` is what stands in the fields; `line` the one
    chosen, the only line of a client by itself.
    """

    client_id: int | None
    client: str
    q: str
    clients: tuple[tuple[int, str], ...]
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
    lines = client_lines(user, client_id) if form and client_id else ()
    marked = given.getlist("flag")
    return NewPage(
        client_id=client_id if header else None,
        client=header.name if header else "",
        q=given.get("q", "")[:200],
        clients=() if header else found_clients(user, given.get("q", "")),
        department=department if department in known else "",
        departments=department_choices(),
        forms=form_items(department=department if department in known else "")
        if header and not form
        else (),
        form=form,
        inputs=inputs_of(form.fields, given, client_id=client_id or 0) if form else (),
        lines=(("", _("No line")), *((one.id, str(one.name)) for one in lines)),
        line=given.get("line", str(lines[0].id) if len(lines) == 1 else ""),
        flags=tuple((code, words, code in marked) for code, words in FLAGS.items()),
        typed=given,
        problem=problem,
    )


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
