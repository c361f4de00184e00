"""Forms of the agency's requisites: the fields of a payer's, and how VAT is charged."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.clients.models import OwnEntity
from pult.clients.queries import own_entities
from pult.web.pages.client.fields import Day, Version
from pult.web.pages.client.forms import check_live


class OwnEntityForm(forms.Form):
    """Requisites; a new entity says at once how it charges VAT, later changes are dated."""

    version = Version()
    name = forms.CharField(label=_("Name"), max_length=300)
    country = forms.ChoiceField(label=_("Country"), choices=OwnEntity.Country.choices)
    inn = forms.CharField(label=_("ИНН (УНП, БИН)"), required=False, max_length=20)
    kpp = forms.CharField(label=_("КПП"), required=False, max_length=20)
    ogrn = forms.CharField(label=_("ОГРН or ОГРНИП"), required=False, max_length=24)
    address = forms.CharField(label=_("Address"), required=False, max_length=400)
    signatory = forms.CharField(
        label=_("Signs documents"),
        required=False,
        max_length=200,
        help_text=_("Position and name, as invoices print them"),
    )
    vat = forms.ChoiceField(label=_("VAT"), choices=OwnEntity.Vat.choices)
    closed = forms.BooleanField(
        label=_("No longer used"),
        required=False,
        help_text=_("New invoices are not issued in its name"),
    )

    def __init__(self, *args: Any, check_url: str, **looks: Any) -> None:
        super().__init__(*args, **looks)
        check_live(self, check_url, ("country", "inn", "kpp", "ogrn"))
        is_new = not self.initial.get("version")
        for name in ("version", "closed") if is_new else ("vat",):
            del self.fields[name]


class VatForm(forms.Form):
    vat = forms.ChoiceField(label=_("VAT"), choices=OwnEntity.Vat.choices)
    since = Day(label=_("From this day on"))


class OwnAccountForm(forms.Form):
    """An account already known, perhaps from a statement: whose it is and in which bank."""

    entity = forms.ChoiceField(label=_("Legal entity"))
    bik = forms.CharField(label=_("БИК"), required=False, max_length=20)
    bank = forms.CharField(label=_("Bank"), required=False, max_length=200)
    closed = forms.BooleanField(
        label=pgettext_lazy("bank account", "Closed"),
        required=False,
        help_text=_("Letters no longer name it; statements still know it"),
    )

    def __init__(self, *args: Any, **looks: Any) -> None:
        super().__init__(*args, **looks)
        self.entities = {str(row.pk): row for row in own_entities()}
        if mine := self.initial.get("entity"):
            self.entities.setdefault(str(mine.pk), mine)
            self.initial["entity"] = str(mine.pk)
        names = [(key, row.name) for key, row in self.entities.items()]
        self.fields["entity"].choices = [("", "—"), *names]

    def clean_entity(self) -> OwnEntity:
        return self.entities[self.cleaned_data["entity"]]
