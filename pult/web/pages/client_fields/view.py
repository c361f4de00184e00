"""The agency's own fields of cards: the head adds, renames and retires them."""

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from pult.clients import actions
from pult.clients.actions.custom import KEEPERS
from pult.clients.models import CustomField
from pult.clients.queries.custom import FieldItem, custom_fields
from pult.kernel.access import access
from pult.ui.render import render_page
from pult.web.pages.client.asking import answer_form
from pult.web.pages.client.edit_card import FORM
from pult.web.pages.client.fields import Version


@dataclass(frozen=True)
class FieldsPage:
    fields: tuple[FieldItem, ...]


class FieldForm(forms.Form):
    """A field; its kind is chosen once, and it is retired rather than removed."""

    version = Version()
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("What it takes"), choices=CustomField.Kind.choices)
    options = forms.CharField(
        label=gettext_lazy("What to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For a list: one a line"),
    )
    place = forms.IntegerField(
        label=gettext_lazy("Place among the fields"), min_value=0, max_value=999, initial=0
    )
    closed = forms.BooleanField(label=gettext_lazy("No longer asked"), required=False)

    def __init__(self, *args: object, **looks: object) -> None:
        super().__init__(*args, **looks)
        is_known = bool(self.initial.get("version"))
        for name in ("kind",) if is_known else ("version", "closed"):
            del self.fields[name]


@access(*KEEPERS)
@require_GET
def fields(request: HttpRequest) -> HttpResponse:
    """Every field, and on how many cards it is filled in."""
    return render_page(request, "client_fields/fields.html", FieldsPage(custom_fields()))


@access(*KEEPERS)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """Add a field to every card."""
    return answer_form(
        request,
        FieldForm(request.POST or None),
        lambda data: actions.add_custom_field(by=request.user, **data),
        title=_("New field of cards"),
        client_id=None,
        back=reverse("client_fields"),
    )


@access(*KEEPERS)
@FORM
def edit(request: HttpRequest, field_id: int) -> HttpResponse:
    """Rename it, change its options, or stop asking it."""
    known = next((one for one in custom_fields() if one.id == field_id), None)
    if known is None:
        raise Http404
    initial = {name: getattr(known, name) for name in ("version", "name", "place", "closed")}
    initial["options"] = "\n".join(known.options)
    return answer_form(
        request,
        FieldForm(request.POST or None, initial=initial),
        lambda data: actions.edit_custom_field(by=request.user, field_id=field_id, **data),
        title=known.name,
        note=known.kind_label,
        client_id=None,
        back=reverse("client_fields"),
    )
