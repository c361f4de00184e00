"""The form by which a task is given back: the likely clauses, and what the request lacks."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from pult.work.queries import TaskCard, bounce_clauses, likely_clauses


@dataclass(frozen=True)
class Field:
    """Something of the request that may be amiss; `is_ticked`: by what was typed, else what is
    required and empty."""

    code: str
    label: str
    is_ticked: bool


@dataclass(frozen=True)
class BounceForm:
    """`likely` clauses stand as choices, `others` behind a search: (id, title) each. `clause` is
    the one chosen, `other` what was typed in the search. `missing` are the fields left empty,
    `unclear` those filled in; what the reader does not see is in neither."""

    likely: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    clause: str
    other: str
    missing: tuple[Field, ...]
    unclear: tuple[Field, ...]


def bounce_form(card: TaskCard, typed: Mapping[str, str] | None) -> BounceForm:
    """The form for this task; `typed` is what was refused."""
    titles, likely = bounce_clauses(), likely_clauses(card.template)
    given = typed or {}
    missing, unclear = _fields(card, typed)
    return BounceForm(
        likely=tuple((code, titles[code]) for code in likely),
        others=tuple((code, title) for code, title in titles.items() if code not in likely),
        clause=given.get("clause", likely[0] if likely else ""),
        other=given.get("other", ""),
        missing=missing,
        unclear=unclear,
    )


def clause_in(given: Mapping[str, str]) -> str:
    """The clause of the form: the one looked for, by its id or title, before the one chosen."""
    words = given.get("other", "").strip()
    if not words:
        return given.get("clause", "")
    by_title = {title.casefold(): code for code, title in bounce_clauses().items()}
    return by_title.get(words.casefold(), words.partition(" ")[0])


def _fields(
    card: TaskCard, typed: Mapping[str, str] | None
) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """(missing, unclear)."""
    told = [
        ("title", _("Title"), card.row.title, True),
        ("result", _("What is to be there in the end"), card.result, True),
        ("measure", _("How one sees that it is done"), card.measure, True),
        ("due", _("Deadline"), card.row.due, True),
    ]
    seen = (one for one in card.fields if not one.is_hidden)
    told += [(one.code, one.label, one.value, one.required) for one in seen]
    ticked = set(typed.getlist("field")) if isinstance(typed, QueryDict) else None
    missing, unclear = [], []
    for code, label, value, required in told:
        is_empty = value in (None, "")
        is_ticked = code in ticked if ticked is not None else is_empty and required
        (missing if is_empty else unclear).append(Field(code, label, is_ticked))
    return tuple(missing), tuple(unclear)
