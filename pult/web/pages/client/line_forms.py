"""Forms of service lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pult.clients.models import Brand, Client, Contract, LegalEntity, ServiceLine, Site
from pult.comms.models import Interaction
from pult.web.pages.client.fields import Day, Roubles, Version, chosen, chosen_row
from pult.web.pages.client.words import END_REASONS, START_REASONS

SOURCES = (
    ("direct", _("Yandex Direct")),
    ("vk", _("VK Ads")),
    ("google", _("Google Ads")),
    ("table", _("A table")),
)

NET_BUDGET = _("Roubles net of VAT: what the ads are to spend; an invoice adds the VAT")


class LineForm(forms.Form):
    """A line's columns; a new one also takes its budget and planned start."""

    version = Version()
    name = forms.CharField(label=_("Name"), max_length=200)
    tool = forms.ChoiceField(label=_("Tool"), choices=ServiceLine.Tool.choices)
    platform = forms.CharField(
        label=_("Platform"), required=False, max_length=32, help_text=_("For example direct, vk")
    )
    money_flow = forms.ChoiceField(label=_("Whose money"), choices=ServiceLine.MoneyFlow.choices)
    monthly_budget = Roubles(label=_("Budget a month"), required=False, help_text=NET_BUDGET)
    planned_start = Day(label=_("Planned start"), required=False)
    contract = chosen_row(Contract, label=_("Contract"), none=_("no contract"))
    payer = chosen_row(LegalEntity, label=_("Payer"), none=_("not said yet"))
    brand = chosen_row(Brand, label=_("Brand"), none=_("no brand"))
    site = chosen_row(Site, label=_("Site"), none=_("no site"))
    always_on = forms.BooleanField(label=_("Goes on without a break"), required=False)
    period_from = Day(label=_("First day of the period"), required=False)
    period_to = Day(label=_("Last day of the period"), required=False)

    def __init__(self, *args: Any, client: Client, **looks: Any) -> None:
        super().__init__(*args, **looks)
        self.fields["contract"].queryset = client.contracts.order_by("-signed_on")
        self.fields["payer"].queryset = client.entities.order_by("closed", "name")
        self.fields["brand"].queryset = client.brands.order_by("name")
        self.fields["site"].queryset = client.sites.order_by("host")
        if self.initial.get("version"):
            del self.fields["monthly_budget"], self.fields["planned_start"]
        else:
            del self.fields["version"]


class BudgetForm(forms.Form):
    monthly = Roubles(label=_("Budget a month"), help_text=NET_BUDGET)
    since = Day(label=_("From this day on"))


class PlanForm(forms.Form):
    day = Day(label=_("Planned start"))


class FlightForm(forms.Form):
    """One run of a line that does not go on without a break."""

    starts_on = Day(label=_("First day"))
    ends_on = Day(label=_("Last day"))
    budget = Roubles(label=_("Budget of the flight"), help_text=NET_BUDGET)


class FeedForm(forms.Form):
    """What of a platform's figures is this line's."""

    source = forms.ChoiceField(label=_("Where the figures come from"), choices=SOURCES)
    login = forms.CharField(label=_("Login"), required=False, max_length=100)
    campaign_id = forms.CharField(
        label=_("Campaign number"),
        required=False,
        max_length=64,
        help_text=_("Empty: every campaign of the login"),
    )


class WalletForm(forms.Form):
    version = Version()
    login = forms.CharField(
        label=_("Login of the advertising account"),
        required=False,
        max_length=100,
        help_text=_("Lines of one account share its balance; empty takes the line out"),
    )


class EndForm(forms.Form):
    reason_code = chosen(END_REASONS, label=_("Why"))


class AskForm(forms.Form):
    reason_code = chosen(START_REASONS, label=_("Why it cannot wait"))


class WaiverForm(forms.Form):
    until = Day(label=_("Until this day"))
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea({"rows": 3}), max_length=500)


class TopUpForm(forms.Form):
    amount = Roubles(label=_("Sum"), help_text=_("Net of VAT, as the ad account shows it"))
    on = Day(label=_("Day"))
    reason = forms.CharField(
        label=_("Why more than the client paid"),
        required=False,
        max_length=200,
        help_text=_("Only when more was moved than the agency holds of the client's money"),
    )


class ReminderForm(forms.Form):
    channel = forms.ChoiceField(label=_("How"), choices=Interaction.Channel.choices)
