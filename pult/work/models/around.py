"""What belongs to a task besides its words: who watches, what it waits for, files, hours."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.work.models.tasks import Task


class Auditor(models.Model):
    """Who watches a task and changes nothing. `is_automatic`: put there by 13.1, not by hand."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="auditors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="audits")
    is_automatic = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "task"], name="audits_a_task_once"),
        ]


class Dependency(models.Model):
    """`task` can begin once `after` is handed in."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="waits_for")
    after = models.ForeignKey(Task, models.CASCADE, related_name="holds")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "after"], name="depends_once"),
            models.CheckConstraint(condition=~Q(task=F("after")), name="depends_on_another"),
        ]


class ChecklistItem(models.Model):
    task = models.ForeignKey(Task, models.CASCADE, related_name="checklist")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(_("item"), max_length=300)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place", "id"]


class TaskFile(models.Model):
    """A file of the store under the name its bringer gave it."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="files")
    comment = models.ForeignKey(
        "work.Comment", models.SET_NULL, null=True, blank=True, related_name="files"
    )
    file = models.ForeignKey("kernel.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)


class TimeEntry(models.Model):
    """Minutes a person worked at a task on a day."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="times")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="times")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    fact = models.ForeignKey("kernel.Fact", models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "day"], name="time_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=24 * 60), name="time_fits_a_day"
            ),
        ]


class DeadlineMove(models.Model):
    """A deadline moved, or asked to be moved, with the reason (13.6).

    Of a proposal `decided_at` is empty until it is answered. `after_breach`: the old deadline
    had passed already, so the move repairs nothing.
    """

    class Reason(models.TextChoices):
        CLIENT = "client", pgettext_lazy("reason of a move", "The client asked")
        WAITS = "waits", pgettext_lazy("reason of a move", "Waiting for the client's materials")
        SCOPE = "scope", pgettext_lazy("reason of a move", "The work has grown")
        LOAD = "load", pgettext_lazy("reason of a move", "Other work came first")
        ILLNESS = "absence", pgettext_lazy("reason of a move", "Somebody is away")
        MISTAKE = "mistake", pgettext_lazy("reason of a move", "The deadline was set wrongly")
        OTHER = "other", pgettext_lazy("reason of a move", "Another reason")

    task = models.ForeignKey(Task, models.CASCADE, related_name="deadline_moves")
    before = models.DateTimeField()
    after = models.DateTimeField()
    reason_code = models.CharField(max_length=12, choices=Reason, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    after_breach = models.BooleanField(default=False)
    is_proposal = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    granted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(is_proposal=True, decided_at=None),
                name="one_open_proposal_a_task",
            ),
        ]


class Bounce(models.Model):
    """A task given back because it breaks a clause (0.2); the doer's clock stands until it is
    mended. `fields` are codes of what is missing; `from_state` is where it goes on from."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="given_back")
    number = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=16)
    fields = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    from_state = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bounces")
    at = models.DateTimeField()
    # Whose request it was: counted by clause and by person.
    whose = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bounced")
    fixed_at = models.DateTimeField(null=True, blank=True)
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    unfounded_at = models.DateTimeField(null=True, blank=True)
    unfounded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    talked_at = models.DateTimeField(null=True, blank=True)
    talked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["clause", "at"], name="bounce_by_clause"),
            models.Index(fields=["whose", "at"], name="bounce_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="bounce_once_a_number"),
        ]


class PromiseSlip(models.Model):
    """A date promised to the client that no longer holds; somebody is to tell them (0.2.2).

    `before` is what the client was promised, the task has the date it became. `ended_at`: the
    client was told, or the date came back (`told_by` is empty then).
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="slips")
    before = models.DateTimeField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(ended_at=None), name="one_open_slip_a_task"
            ),
        ]


class Snooze(models.Model):
    """A task a person does not want to see in their own list until a day; nobody else is moved."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="snoozes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "task"], name="one_snooze_a_task"),
        ]
