"""The form a task is set by: a head's own version, or the shipped one."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pult.kernel.errors import BadInput
from pult.kernel.ready import ready
from pult.work.logic.forms import BadValue, Form, fields_of, shipped, value_of
from pult.work.models import TemplateEdition

# Forms the regulation speaks of: the launch (8.1), the appendix with its invoice (5.5).
LAUNCH, APPENDIX = "launch", "appendix"
# Whatever a head makes of these forms, they are about a service line.
NEED_LINE = frozenset(code for code, form in shipped("ru").items() if form.needs_line)

NEWEST = "SELECT * FROM work_templateedition WHERE code = %s ORDER BY version DESC LIMIT 1"
OF_VERSION = "SELECT * FROM work_templateedition WHERE code = %s AND version = %s"


def forms() -> dict[str, Form]:
    """The newest version of every form by its code, those put away included. One query."""
    found = dict(shipped(get_language() or "ru"))
    newest: dict[str, TemplateEdition] = {}
    for row in TemplateEdition.objects.order_by("version"):
        newest[row.code] = row
    return found | {code: as_form(row) for code, row in newest.items()}


def form_of(code: str, version: int | None = None) -> Form | None:
    """A version of a form, the newest by default; None when there is none."""
    rows: list[TemplateEdition] = []
    if version is None:
        rows = ready(TemplateEdition, NEWEST, [code])
    elif version:
        rows = ready(TemplateEdition, OF_VERSION, [code, version])
    if rows:
        return as_form(rows[0])
    return shipped(get_language() or "ru").get(code) if not version else None


def as_form(row: TemplateEdition) -> Form:
    return Form(
        code=row.code,
        version=row.version,
        departments=tuple(row.departments),
        kind=row.kind,
        title=row.title,
        about=row.about,
        fields=fields_of(row.fields),
        checklist=tuple(row.checklist),
        term=row.term,
        is_active=row.is_active,
        needs_line=row.code in NEED_LINE,
    )


def read_values(form: Form, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values of a form's fields as they are kept; BadInput naming the first that is wrong.

    Money is given in kopecks. A field the form does not have is refused.
    """
    known = {field.code: field for field in form.fields}
    if strange := sorted(typed.keys() - known.keys()):
        raise BadInput(_("This form has no such field: %(code)s") % {"code": strange[0]})
    kept: dict[str, Any] = {}
    for code, value in typed.items():
        try:
            read = value_of(known[code], value)
        except BadValue as problem:
            raise _wrong(known[code].label, code, str(problem)) from problem
        if read is not None:
            kept[code] = read
    return kept


def _wrong(label: str, code: str, why: str) -> BadInput:
    cure = {
        "long": _("Make it shorter; attach long texts as files"),
        "link": _("A link begins with https://"),
        "number": _("Write a whole number"),
        "money": _("Write an amount in roubles"),
        "date": _("Write it as 05.03.2026"),
        "choice": _("Choose one of the answers"),
    }[why]
    return BadInput(
        _("“%(field)s” does not fit") % {"field": label}, field=f"value_{code}", cure=cure
    )
