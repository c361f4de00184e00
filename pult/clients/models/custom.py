"""Fields of the agency's own on every client's card: what kind of value each takes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.clients.models.parties import Client


class CustomField(models.Model):
    """A field the head added. Its kind stays what it is: values were typed for it."""

    class Kind(models.TextChoices):
        TEXT = "text", pgettext_lazy("custom field", "Text")
        NUMBER = "number", pgettext_lazy("custom field", "Whole number")
        DAY = "day", pgettext_lazy("custom field", "Day")
        CHOICE = "choice", pgettext_lazy("custom field", "One of a list")
        YES = "yes", pgettext_lazy("custom field", "Yes or no")

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    # One a line, for a choice.
    options = models.TextField(_("what to choose from, one a line"), blank=True)
    place = models.PositiveSmallIntegerField(_("place"), default=0)
    closed = models.BooleanField(_("no longer asked"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="custom_field_has_a_name"),
            models.CheckConstraint(
                condition=~Q(kind="choice") | ~Q(options=""), name="choice_has_its_options"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CustomValue(models.Model):
    """A client's value of a field as text: a day in the ISO form, yes as 1."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="custom_values")
    field = models.ForeignKey(CustomField, models.PROTECT, related_name="values_of_clients")
    value = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "field"], name="custom_value_once")
        ]
