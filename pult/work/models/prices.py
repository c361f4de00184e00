"""What a contractor is paid for a task, and the act that counts up what was accepted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pult.clients.models import OwnEntity
from pult.work.models.tasks import Task

User = settings.AUTH_USER_MODEL


class TaskPrice(models.Model):
    """The price agreed with the contractor who does a task, in kopecks, and on what terms."""

    task = models.OneToOneField(Task, models.CASCADE, related_name="price")
    contractor = models.ForeignKey(User, models.PROTECT, related_name="prices")
    amount = models.BigIntegerField(_("price, kopecks"))
    terms = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="a_price_is_a_sum")]


class ContractorAct(models.Model):
    """Work of one contractor accepted in a period, as counted up on a day. Never edited: a wrong
    one is voided by the act made in its place."""

    contractor = models.ForeignKey(User, models.PROTECT, related_name="contractor_acts")
    entity = models.ForeignKey(OwnEntity, models.PROTECT, related_name="contractor_acts")
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    on = models.DateField(_("date"))
    first_day = models.DateField()
    last_day = models.DateField()
    total = models.BigIntegerField(_("total, kopecks"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # The act made in place of this one, and why.
    voided_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="voids"
    )
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="act_of_a_number_once_a_year"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="act_period_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class ActLine(models.Model):
    """A task of an act as it was then: its title, the day it was accepted, its price."""

    act = models.ForeignKey(ContractorAct, models.CASCADE, related_name="lines")
    task = models.ForeignKey(Task, models.PROTECT, related_name="act_lines")
    title = models.CharField(max_length=200)
    accepted_on = models.DateField()
    amount = models.BigIntegerField(_("price, kopecks"))

    class Meta:
        ordering = ["accepted_on", "id"]
        constraints = [models.UniqueConstraint(fields=["act", "task"], name="task_once_an_act")]
