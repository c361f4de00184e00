"""From the table of fields as it was typed to the next version of a form."""

from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from pult.kernel.words import line_of
from pult.web.fields import id_in, one_of, whole_of
from pult.web.pages.task_forms.page import FieldRow, typed_rows
from pult.work.actions import edit_template
from pult.work.models import Kind

if TYPE_CHECKING:
    from pult.people.models import User
    from pult.work.models import TemplateEdition


def keep_form(user: "User", code: str, given: QueryDict) -> "TemplateEdition":
    """Write the next version, or the first of a new form; fields without a name are dropped."""
    rows = [row for row in typed_rows(given) if line_of(row.label)]
    return edit_template(
        by=user,
        code=code,
        version=-1 if (seen := id_in(given, "version")) is None else seen,
        title=given.get("title", ""),
        about=given.get("about", ""),
        departments=given.getlist("departments"),
        kind=one_of(given, "kind", Kind.values),
        term=whole_of(given, "hours") * 60,
        fields=[_field(row, rows) for row in rows],
        checklist=given.get("checklist", "").splitlines(),
        is_active=given.get("is_active") == "on",
    )


def _field(row: FieldRow, rows: list[FieldRow]) -> dict[str, Any]:
    told = {"code": row.code or _free_code(row, rows), "label": row.label, "type": row.type}
    return told | {"required": row.required, "options": _answers(row.answers)}


def _free_code(row: FieldRow, rows: list[FieldRow]) -> str:
    """A code no other line has; once given it stays, so that tasks keep what is filled in."""
    taken = {one.code for one in rows}
    number = row.number + 1
    while f"field_{number}" in taken:
        number += len(rows)
    return f"field_{number}"


def _answers(text: str) -> list[tuple[str, str]]:
    """One a line; «code = words» keeps the code of an answer whose words changed."""
    found = []
    for line in text.splitlines():
        code, sign, label = (part.strip() for part in line.partition("="))
        if code or label:
            found.append((code or label, label if sign and label else code))
    return found
