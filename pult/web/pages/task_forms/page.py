"""What the list of the forms and the page of one show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from pult.kernel.errors import NotVisible, PultError
from pult.kernel.roles import Role
from pult.work.models import Kind
from pult.work.queries import FormItem, department_choices, form_item, form_items

if TYPE_CHECKING:
    from pult.people.models import User

HEADS = (Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR, Role.HEAD, Role.DIRECTOR)
TYPES = {
    "text": pgettext_lazy("type of a field", "Text"),
    "number": pgettext_lazy("type of a field", "Whole number"),
    "date": pgettext_lazy("type of a field", "Day"),
    "choice": pgettext_lazy("type of a field", "One of the answers"),
    "money": pgettext_lazy("type of a field", "Money"),
    "link": pgettext_lazy("type of a field", "Link"),
}
SPARE = 3


@dataclass(frozen=True)
class FormsPage:
    """`undefined`: departments that take tasks and have no form, so nobody has said what they need
    (A2-07)."""

    forms: tuple[FormItem, ...]
    undefined: tuple[str, ...]
    may_change: bool


@dataclass(frozen=True)
class FieldRow:
    """A line of the table of fields; a spare one has no code and no label. `answers`: one a
    line, «code = words» where they differ."""

    number: int
    code: str
    label: str
    type: str
    required: bool
    answers: str


@dataclass(frozen=True)
class FormPage:
    """A form as it is typed; `version` is the one the person saw, -1 of a new one."""

    code: str
    version: int
    title: str
    about: str
    kind: str
    hours: str
    departments: tuple[tuple[str, str, bool], ...]
    rows: tuple[FieldRow, ...]
    checklist: str
    is_active: bool
    kinds: tuple[tuple[Any, Any], ...]
    types: tuple[tuple[str, Any], ...]
    problem: PultError | None


def forms_page(user: "User") -> FormsPage:
    """Every form, put away ones included for those who change them. One query."""
    heads = bool(user.roles & set(HEADS))
    forms = form_items(with_put_away=heads)
    asked = {code for one in forms if one.is_active for code, _label in one.departments}
    undefined = (label for code, label in department_choices() if code not in asked)
    return FormsPage(forms, tuple(undefined), heads)


def form_page(code: str, *, typed: QueryDict, problem: PultError | None) -> FormPage:
    """A form to change, or an empty one; what was typed stands over it."""
    known = form_item(code) if code else None
    if code and known is None:
        raise NotVisible(_("There is no such form of tasks"))
    kept = _kept(known)
    chosen = typed.getlist("departments") if typed else kept["departments"]
    return FormPage(
        code=code,
        version=known.version if known else -1,
        title=typed.get("title", kept["title"]),
        about=typed.get("about", kept["about"]),
        kind=typed.get("kind", kept["kind"]),
        hours=typed.get("hours", kept["hours"]),
        departments=tuple((one, label, one in chosen) for one, label in department_choices()),
        rows=typed_rows(typed) if typed else _rows(known),
        checklist=typed.get("checklist", kept["checklist"]),
        is_active=typed.get("is_active") == "on" if typed else kept["is_active"],
        kinds=tuple(Kind.choices),
        types=tuple(TYPES.items()),
        problem=problem,
    )


def _kept(form: FormItem | None) -> Mapping[str, Any]:
    if form is None:
        empty = dict.fromkeys(("title", "about", "kind", "checklist"), "")
        return empty | {"hours": "8", "departments": [], "is_active": True}
    return {
        "title": form.title,
        "about": form.about,
        "kind": form.kind,
        "hours": str(-(-form.term // 60)),
        "departments": [code for code, _label in form.departments],
        "checklist": "\n".join(form.checklist),
        "is_active": form.is_active,
    }


def _rows(form: FormItem | None) -> tuple[FieldRow, ...]:
    fields = form.fields if form else ()
    rows = [
        FieldRow(
            number,
            one.code,
            one.label,
            one.type,
            one.required,
            "\n".join(
                f"{code} = {label}" if code != label else label for code, label in one.options
            ),
        )
        for number, one in enumerate(fields)
    ]
    spare = range(len(rows), len(rows) + SPARE)
    return (*rows, *(FieldRow(number, "", "", "text", False, "") for number in spare))


def typed_rows(typed: QueryDict) -> tuple[FieldRow, ...]:
    """The table of fields as a person filled it in, line by line."""
    codes, labels = typed.getlist("code"), typed.getlist("label")
    types, answers = typed.getlist("type"), typed.getlist("answers")
    needed = set(typed.getlist("required"))
    told = zip(codes, labels, types, answers, strict=False)
    return tuple(
        FieldRow(number, code, label, type_, str(number) in needed, text)
        for number, (code, label, type_, text) in enumerate(told)
    )
