"""The forms of a former system."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pult.integrations.migration.connectors import SYSTEMS
from pult.integrations.migration.models import Source
from pult.integrations.migration.pace import LEAST, MOST
from pult.people.queries import business_day
from pult.web.pages.client.fields import Version

KEY = "key_"


class SourceForm(forms.Form):
    """How a system is called and reached: the key of the chosen `system` alone is asked for. A part
    of it left empty stays as it is."""

    version = Version()
    system = forms.ChoiceField(label=_("Which system"), choices=Source.System.choices)
    name = forms.CharField(label=_("What you call it"), max_length=80)
    address = forms.CharField(
        label=_("Address of the account"),
        required=False,
        max_length=200,
        help_text=_("As agency.amocrm.ru. Without an address and a key only its files are read"),
    )
    go_live = forms.DateField(
        label=_("First day of the regulation"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Nothing is asked about what was before it"),
    )
    minutes = forms.IntegerField(
        label=_("Minutes between two readings"),
        required=False,
        min_value=LEAST,
        max_value=MOST,
        help_text=_("Left empty: as often as the agency reads other systems"),
    )
    zone = forms.CharField(label=_("Time zone of the account"), initial=settings.TIME_ZONE)

    def __init__(self, *args: Any, system: str = "", **looks: Any) -> None:
        super().__init__(*args, **looks)
        known = self.initial.get("system")
        chosen = known or self.data.get("system") or system
        for field in ("system",) if known else ("version",):
            del self.fields[field]
        if not known:
            self.fields["go_live"].initial = business_day()
            self.fields["system"].initial = chosen
        for part in SYSTEMS[chosen].parts if chosen in SYSTEMS else ():
            self.fields[f"{KEY}{chosen}_{part.name}"] = forms.CharField(
                label=part.label,
                help_text=part.help,
                required=False,
                max_length=2000,
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """The parts of the key together, as `secrets`."""
        data = dict(super().clean() or self.cleaned_data)
        system = data.get("system") or self.initial.get("system")
        begins = f"{KEY}{system}_"
        data["secrets"] = {
            name.removeprefix(begins): value
            for name, value in data.items()
            if name.startswith(begins) and value
        }
        return {name: value for name, value in data.items() if not name.startswith(KEY)}
