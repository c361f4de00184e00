"""A form after somebody else's change: what this person typed beside what the others made newer."""

from dataclasses import dataclass
from typing import Any

from django import forms

from pult.clients.trail import as_text
from pult.kernel.errors import Conflict

SEEN = "version"


@dataclass(frozen=True)
class Theirs:
    """A field that both changed: its label, and what stands there now by the others' word."""

    label: str
    text: str


def keep_both(form: forms.Form, conflict: Conflict) -> tuple[Theirs, ...] | None:
    """Give a form that met a conflict the newest values of what this person had not touched; what
    they typed stays, and a long text that both wrote holds both. Tells the fields both changed.

    None where the form has no version: it has to be opened again. The form's `initial` is the row
    as it is now; saving once more keeps the work of both.
    """
    if SEEN not in form.fields or SEEN not in form.initial:
        return None
    data: Any = form.data.copy()
    theirs = []
    for name, field in form.fields.items():
        typed = as_text(form.cleaned_data.get(name)).replace("\r\n", "\n")
        now = form.get_initial_for_field(field, name)
        shown = as_text(now).replace("\r\n", "\n")
        # Without a base it is not known what the others changed: whatever differs may be theirs.
        base = conflict.base.get(name, "" if not conflict.base else typed)
        if name == SEEN or (name in conflict.base and typed == base):
            _put(data, form.add_prefix(name), field, now)
        elif shown and typed not in (base, shown) and base != shown:
            theirs.append(Theirs(str(form[name].label), _said(field, now)))
            if isinstance(field.widget, forms.Textarea):
                data[form.add_prefix(name)] = both_of(base, shown, typed)
    form.data = data
    return tuple(theirs)


def both_of(base: str, theirs: str, typed: str) -> str:
    """Two versions of a text as one: theirs, and below it each line of the other that is new.

    A line this person took out stays: a word more rather than one less, they see it and may take
    it out again.
    """
    known = {line.strip() for line in (*base.splitlines(), *theirs.splitlines())}
    mine = [line for line in typed.splitlines() if line.strip() not in known]
    return "\n".join([theirs.rstrip("\n"), *mine])


def _said(field: forms.Field, value: Any) -> str:
    """A value in words: the label of a choice, else what its widget would show."""
    choices = {str(code): words for code, words in getattr(field, "choices", ())}
    shown = field.widget.format_value(field.prepare_value(value))
    many = shown if isinstance(shown, list) else [shown]
    return ", ".join(str(choices.get(str(one), one)) for one in many if one is not None)


def _put(data: Any, name: str, field: forms.Field, value: Any) -> None:
    """Write a value into the form's data as its widget would send it."""
    shown = field.widget.format_value(field.prepare_value(value))
    if isinstance(field.widget, forms.CheckboxInput):
        shown = "on" if value else None
    if isinstance(shown, list):
        data.setlist(name, shown)
    elif shown is None:
        data.pop(name, None)
    else:
        data[name] = shown
