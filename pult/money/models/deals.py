"""Deals: what an appendix of a client is worth, entered once it is ready (5.6)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Deal(models.Model):
    """One appendix in kopecks: its sum, the ad budget and the technical cost in it; the rest is
    the agency's fee. `task` is the appendix's, of those the accountants were asked for in Pult."""

    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="deals")
    task = models.ForeignKey(
        "work.Task", models.PROTECT, null=True, blank=True, related_name="deals"
    )
    number = models.CharField(_("number of the appendix"), max_length=64)
    total = models.BigIntegerField(_("sum"))
    ad_budget = models.BigIntegerField(_("ad budget"))
    tech_cost = models.BigIntegerField(_("technical cost"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    fact = models.ForeignKey("kernel.Fact", models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "number"],
                condition=Q(cancelled_at=None),
                name="one_deal_a_number",
            ),
            models.UniqueConstraint(
                fields=["task"], condition=Q(cancelled_at=None), name="one_deal_an_appendix"
            ),
            models.CheckConstraint(
                condition=Q(total__gt=0, ad_budget__gte=0, tech_cost__gte=0),
                name="deal_is_worth_something",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=F("ad_budget") + F("tech_cost")),
                name="deal_holds_its_parts",
            ),
        ]

    @property
    def fee(self) -> int:
        """What is left to the agency, kopecks."""
        return self.total - self.ad_budget - self.tech_cost
