"""What the client wants: goals it sets, needs it has, wishes it names a day for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.clients.models.parties import Client


class Aim(models.Model):
    """One goal, need or wish. Proposals and tasks name it by its id; facts too, never its words."""

    class Kind(models.TextChoices):
        LONG = "long", _("Long-term goal")
        CAMPAIGN = "campaign", _("Goal of the campaign")
        SITE = "site", _("Goal of the site")
        NEED = "need", _("Need")
        WISH = "wish", _("Wish")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("aim", "Open")
        DONE = "done", pgettext_lazy("aim", "Done")
        DROPPED = "dropped", pgettext_lazy("aim", "Dropped")

    client = models.ForeignKey(Client, models.CASCADE, related_name="aims")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(_("in the client's words"))
    set_on = models.DateField(_("named on"))
    due_on = models.DateField(_("by"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    resolution = models.TextField(_("what came of it"), blank=True)
    closed_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["client", "state", "kind"], name="aim_of_a_client")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="aim_has_words"),
            models.CheckConstraint(
                condition=~Q(kind="wish") | Q(due_on__isnull=False), name="wish_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None)
                | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="aim_is_closed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.text


GOALS = (Aim.Kind.LONG, Aim.Kind.CAMPAIGN, Aim.Kind.SITE)
