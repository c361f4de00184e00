"""Forms of tasks are changed by heads; a task keeps the version it was set by."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.edits import check
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible
from pult.kernel.facts import acting, record
from pult.kernel.words import line_of
from pult.people.models import User
from pult.work.access import DEPARTMENTS
from pult.work.editions import forms
from pult.work.logic.forms import TYPES, Form
from pult.work.models import TemplateEdition

HEADS = ("production_head", "production_director", "head", "director")
MOST_FIELDS = 20
MOST_ANSWERS = 40
LONGEST_TERM = 60 * 8 * 250


def edit_template(
    *,
    by: User,
    code: str,
    version: int,
    title: str,
    departments: Iterable[str],
    kind: str,
    term: int,
    about: str = "",
    fields: Iterable[Mapping[str, Any]] = (),
    checklist: Iterable[str] = (),
    is_active: bool = True,
) -> TemplateEdition:
    """The next version of a form, or the first of a new one (no `code`); `version` is the one
    seen, -1 of a new one.

    `term` in working minutes. `fields`: {code, label, type, required, options}, each option a
    text or (code, label).
    """
    role = require(by, *HEADS, act=_("change the forms of tasks"))
    with acting(0):
        every = forms()
        known = every.get(code)
        _check_seen(known, version)
        if code and known is None:
            raise NotVisible(_("There is no such form of tasks"))
        code = code or _free_code(every)
        row = TemplateEdition(
            code=code,
            version=version + 1,
            departments=_departments(departments),
            kind=kind,
            title=title,
            about=about,
            fields=[_field(one) for one in list(fields)[:MOST_FIELDS]],
            checklist=[line_of(text)[:300] for text in checklist if line_of(text)],
            term=_term(term),
            is_active=is_active,
            by=by,
            at=clock.now(),
        )
        _check_codes(row.fields)
        check(row)
        row.save(force_insert=True)
        payload = {"template": code, "department": row.departments[0]}
        record(
            "template.edited",
            root_id=0,
            refs={},
            by=by,
            role=role,
            value=row.version,
            payload=payload,
        )
    return row


def _check_seen(known: Form | None, version: int) -> None:
    if (known.version if known else -1) != version:
        raise Conflict(
            _("Somebody changed this while you were editing"),
            cure=_("Open it again and repeat your change"),
        )


def _departments(codes: Iterable[str]) -> list[str]:
    kept = list(dict.fromkeys(codes))
    if not kept or not set(kept) <= set(DEPARTMENTS):
        raise BadInput(_("Choose the departments the form is for"), field="departments")
    return kept


def _term(term: int) -> int:
    if not 1 <= term <= LONGEST_TERM:
        raise BadInput(_("Between a minute and a year of work"), field="term")
    return term


def _field(told: Mapping[str, Any]) -> dict[str, Any]:
    label, type_ = line_of(str(told.get("label", "")))[:120], str(told.get("type", "text"))
    if not label:
        raise BadInput(_("A field needs a name"), field="fields")
    if type_ not in TYPES:
        raise BadInput(_("There is no such type of field"), field="fields")
    options = [_option(one) for one in told.get("options", ())][:MOST_ANSWERS]
    if type_ == "choice" and not options:
        raise BadInput(_("A choice needs answers to choose from"), field="fields")
    field = {"code": str(told.get("code", "")), "label": label, "type": type_}
    return field | {"required": bool(told.get("required")), "options": options}


def _option(told: str | Sequence[str]) -> list[str]:
    """(code, label): the code of an answer stays when its words change."""
    code, label = (told, told) if isinstance(told, str) else told
    return [line_of(code)[:120], line_of(label)[:120]]


def _free_code(taken: Collection[str]) -> str:
    number = len(taken) + 1
    while f"own_{number}" in taken:
        number += 1
    return f"own_{number}"


def _check_codes(fields: list[dict[str, Any]]) -> None:
    codes = [field["code"] for field in fields]
    good = all(code.isascii() and code.isidentifier() and len(code) <= 32 for code in codes)
    if not good or len(set(codes)) != len(codes):
        raise BadInput(_("Each field needs a code of its own"), field="fields")
