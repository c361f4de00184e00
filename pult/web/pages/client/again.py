"""A form after somebody else's change: what this person typed beside what the others made newer."""

from typing import Any

from django import forms

from pult.clients.trail import as_text
from pult.kernel.errors import Conflict

SEEN = "version"


def keep_both(form: forms.Form, conflict: Conflict) -> bool:
    """Give a form that met a conflict the newest values of what this person had not touched; what
    they typed stays. False where the form has no version: it has to be opened again.

    The form's `initial` is the row as it is now; saving once more keeps the work of both.
    """
    if SEEN not in form.fields or SEEN not in form.initial:
        return False
    data: Any = form.data.copy()
    for name, field in form.fields.items():
        typed = as_text(form.cleaned_data.get(name)).replace("\r\n", "\n")
        if name == SEEN or (name in conflict.base and typed == conflict.base[name]):
            _put(data, form.add_prefix(name), field, form.get_initial_for_field(field, name))
    form.data = data
    return True


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
