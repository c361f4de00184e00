"""Forms of what is known of a client. Values are checked by the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pult.clients.models import Aim, KeptFor, Solvency, Trait
from pult.clients.queries.custom import ValueItem
from pult.web.pages.client.fields import Day, Version, chosen

LONG = forms.Textarea(attrs={"rows": 5})
SHORT = forms.Textarea(attrs={"rows": 3})


class AimForm(forms.Form):
    """What the client wants; its kind is chosen once, when it is noted."""

    version = Version()
    kind = forms.ChoiceField(label=_("What it is"), choices=Aim.Kind.choices)
    text = forms.CharField(label=_("In the client's words"), widget=SHORT)
    due_on = Day(label=_("By what day"), required=False, help_text=_("A wish always has its day"))
    set_on = Day(label=_("Named on"), required=False)

    def __init__(self, *args: Any, **looks: Any) -> None:
        super().__init__(*args, **looks)
        del self.fields["kind" if self.initial.get("version") else "version"]


class AimResultForm(forms.Form):
    version = Version()
    state = forms.ChoiceField(label=_("What came of it"), choices=Aim.State.choices[1:])
    resolution = forms.CharField(label=_("In words"), widget=SHORT)
    on = Day(label=_("On what day"), required=False)


class KeepForm(forms.Form):
    """A person is kept beyond the term: why, and until when."""

    reason = forms.ChoiceField(label=_("Why"), choices=KeptFor.choices)
    until = Day(label=_("Until"), help_text=_("That day it is asked again; a year at most"))


class BlockForm(forms.Form):
    """One subject of the card; a version of 0 says that nobody has written it yet."""

    version = Version()
    text = forms.CharField(label=_("What we know"), required=False, widget=LONG)


class SolvencyForm(forms.Form):
    grade = forms.ChoiceField(label=_("Judgement"), choices=Solvency.Grade.choices)
    figures = forms.CharField(
        label=_("Figures and where they come from"), required=False, widget=LONG
    )
    judged_on = Day(label=_("As of"), required=False)


class PlanForm(forms.Form):
    version = Version()
    text = forms.CharField(label=_("What we want and how"), widget=LONG)
    review_on = Day(label=_("Review on"))

    def __init__(self, *args: Any, **looks: Any) -> None:
        super().__init__(*args, **looks)
        if not self.initial.get("version"):
            del self.fields["version"]


class StepForm(forms.Form):
    text = forms.CharField(label=_("What is to be done"), max_length=300)
    due_on = Day(label=_("By what day"))


class TraitForm(forms.Form):
    """A peculiarity under what the work needs it for; there is no kind for anything else."""

    kind = forms.ChoiceField(label=_("What the work needs it for"), choices=Trait.Kind.choices)
    text = forms.CharField(
        label=_("What was noticed"),
        widget=SHORT,
        help_text=_("Facts the work needs; nothing of health, family, religion or views"),
    )


class CustomForm(forms.Form):
    """The agency's own fields, each with the version of the value the person saw."""

    def __init__(self, *args: Any, values: tuple[ValueItem, ...], **looks: Any) -> None:
        super().__init__(*args, **looks)
        self.values = values
        for one in values:
            self.fields[f"custom_{one.field.id}"] = _field_of(one)
            seen = forms.IntegerField(widget=forms.HiddenInput(), initial=one.version)
            self.fields[f"version_{one.field.id}"] = seen

    def typed(self) -> dict[int, Any]:
        """Field → what was typed."""
        return {one.field.id: self.cleaned_data[f"custom_{one.field.id}"] for one in self.values}

    def versions(self) -> dict[int, int]:
        """Field → the version of the value the person saw."""
        return {one.field.id: self.cleaned_data[f"version_{one.field.id}"] for one in self.values}


def _field_of(one: ValueItem) -> forms.Field:
    """The field in which a value of this kind is typed; what fits is checked by the action."""
    looks = {"label": one.field.name, "required": False, "initial": one.value}
    match one.field.kind:
        case "day":
            return Day(**looks)
        case "choice":
            kept = (one.value,) if one.value and one.value not in one.field.options else ()
            words = {option: option for option in (*kept, *one.field.options)}
            return chosen(words, **looks)
        case "yes":
            return forms.BooleanField(**looks)
        case "number":
            return forms.CharField(widget=forms.TextInput({"inputmode": "numeric"}), **looks)
        case _:
            return forms.CharField(max_length=500, **looks)
