"""Fields the client's forms share."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from pult.kernel.amounts import read_amount
from pult.kernel.errors import BadInput
from pult.web.fields import as_typed


class Roubles(forms.CharField):
    """An amount as people type it, cleaned to whole kopecks; empty is None."""

    def __init__(self, **looks: Any) -> None:
        looks.setdefault("help_text", _("Roubles, kopecks after a comma"))
        super().__init__(**looks)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_amount(text)
        except BadInput as problem:
            raise ValidationError(str(problem)) from problem

    def prepare_value(self, value: Any) -> Any:
        """Kopecks of a row as a person would type them."""
        return as_typed(value) if isinstance(value, int) else value


class Day(forms.DateField):
    """A day of the calendar, chosen with the browser's own picker."""

    def __init__(self, **looks: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], **looks)

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and not 1990 <= day.year <= 2100:
            raise ValidationError(_("Check the year"))
        return day


class Version(forms.IntegerField):
    """The version of the row a person saw; it comes back with the edit."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)


def chosen(words: dict[str, Any], **looks: Any) -> forms.ChoiceField:
    """A choice of codes with their words, nothing chosen beforehand."""
    return forms.ChoiceField(choices=[("", "—"), *words.items()], **looks)


def chosen_row(model: type[Model], *, none: Any, **looks: Any) -> forms.ModelChoiceField:
    """A choice of rows the form is given later, or none of them, in words."""
    rows = model._default_manager.none()
    return forms.ModelChoiceField(queryset=rows, required=False, empty_label=none, **looks)
