"""The form by which a task is given back: the likely clauses, and what the request lacks."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from pult.work.queries import TaskCard, bounce_clauses, likely_clauses


@dataclass(frozen=True)
class Missing:
    """Something the request may lack; `is_ticked`: by what was typed, else by what is empty."""

    code: str
    label: str
    is_ticked: bool


@dataclass(frozen=True)
class BounceForm:
    """`likely` clauses stand as choices, `others` behind a search: (id, title) each. `clause` is
    the one chosen, `other` what was typed in the search."""

    likely: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    clause: str
    other: str
    missing: tuple[Missing, ...]


def bounce_form(card: TaskCard, typed: Mapping[str, str] | None) -> BounceForm:
    """The form for this task; `typed` is what was refused."""
    titles, likely = bounce_clauses(), likely_clauses(card.template)
    given = typed or {}
    return BounceForm(
        likely=tuple((code, titles[code]) for code in likely),
        others=tuple((code, title) for code, title in titles.items() if code not in likely),
        clause=given.get("clause", likely[0] if likely else ""),
        other=given.get("other", ""),
        missing=_missing(card, typed),
    )


def clause_in(given: Mapping[str, str]) -> str:
    """The clause of the form: the one looked for, by its id or title, before the one chosen."""
    words = given.get("other", "").strip()
    if not words:
        return given.get("clause", "")
    by_title = {title.casefold(): code for code, title in bounce_clauses().items()}
    return by_title.get(words.casefold(), words.partition(" ")[0])


def _missing(card: TaskCard, typed: Mapping[str, str] | None) -> tuple[Missing, ...]:
    own = (
        ("title", _("Title"), card.row.title),
        ("result", _("What is to be there in the end"), card.result),
        ("measure", _("How one sees that it is done"), card.measure),
        ("due", _("Deadline"), card.row.due),
    )
    lacking = {code for code, _label, value in own if not value}
    lacking |= {
        one.code
        for one in card.fields
        if one.required and one.value in (None, "") and not one.is_hidden
    }
    ticked = set(typed.getlist("field")) if isinstance(typed, QueryDict) else lacking
    told = [(code, label) for code, label, _value in own]
    told += [(one.code, one.label) for one in card.fields]
    return tuple(Missing(code, label, code in ticked) for code, label in told)
