"""Forms of a client, its people, payers and contracts. Values are checked by the actions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.clients.models import (
    Brand,
    Client,
    Contract,
    LegalEntity,
    OwnEntity,
    PaymentScheme,
)
from pult.clients.queries.shapes import Holder
from pult.people.models import User
from pult.people.queries import who_is
from pult.web.pages.client.fields import Day, Roubles, Version, chosen, chosen_row
from pult.web.pages.client.words import END_REASONS, PAUSE_REASONS, TRUST_REASONS

LONG = forms.Textarea(attrs={"rows": 3})


class NewClientForm(forms.Form):
    """Entering a client; the rest of the card is filled in later."""

    name = forms.CharField(label=_("Name"), max_length=200)
    status = forms.ChoiceField(
        label=_("Status"), choices=Client.Status.choices[:2], initial="client"
    )
    am = forms.ChoiceField(label=_("Account manager"), required=False)
    about = forms.CharField(label=_("Business"), required=False, widget=LONG)
    worked_since = Day(label=_("Works with us since"), required=False)
    is_another = forms.BooleanField(
        label=_("It is another client"),
        required=False,
        help_text=_("When a card much like it is already there"),
    )

    def __init__(self, *args: Any, check_url: str, is_seller: bool = False, **looks: Any) -> None:
        super().__init__(*args, **looks)
        check_live(self, check_url, ("name",))
        self.people: dict[str, User] = {}
        if is_seller:
            self.fields["status"].choices = Client.Status.choices[:1]
            self.fields["status"].initial = Client.Status.LEAD
            del self.fields["am"]
            return
        people = who_is("am")
        self.people = {str(person.pk): person for person in people}
        self.fields["am"].choices = [("", "—"), *((str(p.pk), p.full_name) for p in people)]

    def clean_am(self) -> Any:
        return self.people.get(self.cleaned_data["am"])


class CardForm(forms.Form):
    version = Version()
    name = forms.CharField(label=_("Name"), max_length=200)
    group = forms.CharField(
        label=_("Group of companies"),
        required=False,
        max_length=200,
        help_text=_("Clients of one owner; the group has no duties of its own"),
    )
    relationship = forms.ChoiceField(
        label=_("Contacts, reports and meetings are counted"),
        choices=Client.Relationship.choices,
    )
    about = forms.CharField(label=_("Business"), required=False, widget=LONG)
    worked_since = Day(label=_("Works with us since"), required=False)
    folder = forms.CharField(
        label=_("Folder of the client"),
        required=False,
        max_length=400,
        help_text=_("Address of the agency's folder with the client's documents"),
    )


class StatusForm(forms.Form):
    """A status from a day on; an end says why."""

    version = Version()
    status = forms.ChoiceField(label=_("Status"), choices=Client.Status.choices)
    since = Day(label=_("From this day on"), help_text=_("A day ahead waits for its morning"))
    reason_code = chosen(END_REASONS, label=_("Why it ends"), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=LONG)


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)


class SiteForm(forms.Form):
    host = forms.CharField(label=_("Address of the site"), max_length=200)
    brand_id = chosen_row(Brand, label=_("Brand"), none=_("no brand"))

    def __init__(self, *args: Any, client: Client, check_url: str, **looks: Any) -> None:
        super().__init__(*args, **looks)
        check_live(self, check_url, ("host",))
        self.fields["brand_id"].queryset = client.brands.order_by("name")

    def clean_brand_id(self) -> int | None:
        brand = self.cleaned_data["brand_id"]
        return brand.pk if brand else None


class PersonForm(forms.Form):
    """A person on the client's side; what is known of their character is noted apart."""

    version = Version()
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=200)
    position = forms.CharField(label=_("Position"), required=False, max_length=200)
    decides = forms.BooleanField(label=_("Takes decisions"), required=False)
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=40, widget=forms.TextInput({"type": "tel"})
    )
    email = forms.CharField(
        label=_("E-mail"), required=False, max_length=200, widget=forms.TextInput({"type": "email"})
    )
    postal_address = forms.CharField(label=_("Postal address"), required=False, max_length=300)
    brand = chosen_row(Brand, label=_("Brand"), none=_("no brand"))
    birthday_day = forms.IntegerField(
        label=_("Birthday: day"), required=False, min_value=1, max_value=31
    )
    birthday_month = forms.TypedChoiceField(
        label=_("Birthday: month"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("not known")), *MONTHS.items()],
    )
    birthday_year = forms.IntegerField(
        label=_("Birthday: year"),
        required=False,
        help_text=_("Not asked of the person; leave it empty when it is unknown"),
    )
    birthday_presumed = forms.BooleanField(label=_("The year is presumed"), required=False)
    left = forms.BooleanField(label=_("No longer works there"), required=False)

    def __init__(self, *args: Any, client: Client, check_url: str, **looks: Any) -> None:
        super().__init__(*args, **looks)
        check_live(self, check_url, ("phone",))
        self.fields["brand"].queryset = client.brands.order_by("name")
        if not self.initial.get("version"):
            del self.fields["version"], self.fields["left"]


class EntityForm(forms.Form):
    """Requisites; each change of a number is checked at `check_url` while the form is filled."""

    version = Version()
    name = forms.CharField(label=_("Name"), max_length=300)
    country = forms.ChoiceField(label=_("Country"), choices=LegalEntity.Country.choices)
    inn = forms.CharField(label=_("ИНН (УНП, БИН)"), required=False, max_length=20)
    kpp = forms.CharField(label=_("КПП"), required=False, max_length=20)
    ogrn = forms.CharField(label=_("ОГРН or ОГРНИП"), required=False, max_length=24)
    address = forms.CharField(label=_("Address"), required=False, max_length=400)
    postal_address = forms.CharField(label=_("Postal address"), required=False, max_length=400)
    signatory = forms.CharField(label=_("Signs documents"), required=False, max_length=200)
    closed = forms.BooleanField(label=_("No longer used"), required=False)
    another = forms.BooleanField(label=_("This is another client"), required=False)

    def __init__(
        self, *args: Any, check_url: str, others: tuple[str, ...] = (), **looks: Any
    ) -> None:
        super().__init__(*args, **looks)
        if not others:
            del self.fields["another"]
        check_live(self, check_url, ("country", "inn", "kpp", "ogrn"))
        if not self.initial.get("version"):
            del self.fields["version"], self.fields["closed"]


class AccountForm(forms.Form):
    account = forms.CharField(label=pgettext_lazy("bank", "Account"), max_length=40)
    bik = forms.CharField(label=_("БИК"), max_length=20)
    bank = forms.CharField(label=_("Bank"), required=False, max_length=200)

    def __init__(self, *args: Any, check_url: str, **looks: Any) -> None:
        super().__init__(*args, **looks)
        check_live(self, check_url, ("account", "bik"))


class PayerForm(forms.Form):
    """A third party whose payments are the client's."""

    name = forms.CharField(label=_("Name"), required=False, max_length=300)
    inn = forms.CharField(label=_("Tax number"), required=False, max_length=20)
    account = forms.CharField(label=pgettext_lazy("bank", "Account"), required=False, max_length=40)
    since = Day(label=_("Pays since"), required=False)


class ContractForm(forms.Form):
    version = Version()
    number = forms.CharField(label=_("Number"), max_length=64)
    signed_on = Day(label=_("Date"))
    ends_on = Day(label=_("Last day"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Contract.Kind.choices)
    entity = chosen_row(LegalEntity, label=_("Payer"), none=_("not said yet"))
    own_entity = chosen_row(OwnEntity, label=_("Our legal entity"), none=_("not said yet"))

    def __init__(self, *args: Any, client: Client, **looks: Any) -> None:
        super().__init__(*args, **looks)
        self.fields["entity"].queryset = client.entities.order_by("closed", "name")
        self.fields["own_entity"].queryset = OwnEntity.objects.order_by("closed", "pk")
        if not self.initial.get("version"):
            del self.fields["version"]


class SchemeForm(forms.Form):
    kind = forms.ChoiceField(label=_("How it is paid"), choices=PaymentScheme.Kind.choices)
    since = Day(label=_("From this day on"))
    days = forms.IntegerField(
        label=_("Days to pay"), required=False, min_value=0, help_text=_("For post-payment")
    )
    limit = Roubles(label=_("Debt limit"), required=False)
    parts = forms.IntegerField(
        label=_("Instalments"), required=False, min_value=2, help_text=_("How many parts")
    )


class PauseForm(forms.Form):
    first_day = Day(label=_("First day"))
    last_day = Day(
        label=_("Last day"), required=False, help_text=_("Empty: until somebody resumes the work")
    )
    reason_code = chosen(PAUSE_REASONS, label=_("Why"))
    note = forms.CharField(label=_("Note"), required=False, widget=LONG)


class ResumeForm(forms.Form):
    first_working_day = Day(label=_("First working day"))


class TrustForm(forms.Form):
    reason_code = chosen(TRUST_REASONS, label=_("Why"))
    limit = Roubles(label=_("Up to"))
    until = Day(label=_("Last day of trust"))
    note = forms.CharField(label=_("Note"), required=False, widget=LONG)


class ChargeForm(forms.Form):
    """Who from now on looks after the client, in a role this person may give."""

    person = forms.ChoiceField(label=_("Who"))
    over_limit = forms.CharField(
        label=_("Beyond the limit of clients: why"),
        help_text=_("Only when it is full; the reason is kept with your name"),
        required=False,
        max_length=500,
    )

    def __init__(self, *args: Any, roles: dict[str, Any], **looks: Any) -> None:
        super().__init__(*args, **looks)
        self.people = {
            f"{role}:{person.pk}": (role, person) for role in roles for person in who_is(role)
        }
        grouped = [
            (label, [(key, p.full_name) for key, (r, p) in self.people.items() if r == role])
            for role, label in roles.items()
        ]
        self.fields["person"].choices = [("", "—"), *grouped]

    def clean_person(self) -> Any:
        return self.people[self.cleaned_data["person"]]


class ReleaseForm(forms.Form):
    """Who of those in charge no longer is."""

    person = forms.ChoiceField(label=_("Who"))

    def __init__(self, *args: Any, held: Iterable[Holder], **looks: Any) -> None:
        super().__init__(*args, **looks)
        self.held = {f"{one.role}:{one.user_id}": one for one in held}
        named = [(key, f"{one.name}, {one.role_label}") for key, one in self.held.items()]
        self.fields["person"].choices = [("", "—"), *named]

    def clean_person(self) -> tuple[str, User]:
        one = self.held[self.cleaned_data["person"]]
        return one.role, User.objects.get(pk=one.user_id)


def check_live(form: forms.Form, url: str, names: tuple[str, ...]) -> None:
    """Send the form to `url` when one of these fields changes; the answer stands under it."""
    for name in names:
        form.fields[name].widget.attrs |= {
            "hx-get": url,
            "hx-trigger": "change, input changed delay:500ms",
            "hx-target": "#check",
            "hx-swap": "outerHTML",
            "hx-include": "closest form",
            "autocomplete": "off",
        }
