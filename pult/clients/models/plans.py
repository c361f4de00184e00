"""Plans of work with a client: the account plan and the strategy of the relationship."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pult.clients.models.parties import Client


class Plan(models.Model):
    """One current plan of each kind a client; an older one is closed and kept."""

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("Account plan")
        RELATIONSHIP = "relation", _("Strategy of the relationship")

    client = models.ForeignKey(Client, models.CASCADE, related_name="plans")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(_("what we want and how"))
    since = models.DateField()
    review_on = models.DateField(_("review on"))
    closed_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="plan_has_words"),
            models.UniqueConstraint(
                fields=["client", "kind"], condition=Q(closed_on=None), name="one_current_plan"
            ),
        ]


class PlanStep(models.Model):
    """The next thing to do by a plan and its day."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    text = models.CharField(_("step"), max_length=300)
    due_on = models.DateField(_("by"))
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="step_has_words")]
