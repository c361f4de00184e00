"""The task. Its state is one column, changed by actions alone; deadlines are instants."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.people.models import Department
from pult.work.models.kinds import Kind
from pult.work.models.projects import Project
from pult.work.models.recurrence import Recurrence

OPEN = ("new", "taken", "returned", "bounced", "done")
WAITING = ("new", "taken", "returned")  # for whoever does it
CLOSED = ("accepted", "cancelled")
FLAGS = ("urgent", "is_global", "is_important", "is_disputed")


class Task(models.Model):
    """Something to be made for a client by a department.

    `result`, `measure`, `due` and who took it are what makes it correct, measurable and
    achievable (М4.0). `client` and `department` are the project's, kept here for lists.
    `due` counts the pauses of bounces; `due_first` is what was asked for. `values` are the
    template's fields: text, numbers, days as ISO text, money in kopecks.
    """

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("task", "New")
        TAKEN = "taken", pgettext_lazy("task", "In work")
        DONE = "done", pgettext_lazy("task", "Handed in")
        ACCEPTED = "accepted", pgettext_lazy("task", "Accepted")
        RETURNED = "returned", pgettext_lazy("task", "Sent back")
        BOUNCED = "bounced", pgettext_lazy("task", "Bounced")
        CANCELLED = "cancelled", pgettext_lazy("task", "Cancelled")

    project = models.ForeignKey(Project, models.PROTECT, related_name="tasks")
    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="tasks")
    department = models.CharField(max_length=16, choices=Department.Code.choices)
    line = models.ForeignKey(
        "clients.ServiceLine", models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    template = models.CharField(max_length=32)
    template_version = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    result = models.TextField(_("what is to be there in the end"))
    measure = models.TextField(_("how one sees that it is done"), blank=True)
    values = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    due = models.DateTimeField(_("deadline"))
    due_first = models.DateTimeField()
    # The first deadline that passed before the work was handed in; later moves do not clear it.
    missed_at = models.DateTimeField(null=True, blank=True)
    is_promised = models.BooleanField(_("the date is promised to the client"), default=False)
    urgent = models.BooleanField(_("urgent"), default=False)
    is_global = models.BooleanField(_("global"), default=False)
    is_important = models.BooleanField(_("an important decision"), default=False)
    is_disputed = models.BooleanField(_("disputed"), default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks_set")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    # Who said that it can be done by then: whoever took it.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    estimate = models.PositiveIntegerField(_("estimate, minutes"), default=0)
    spent = models.PositiveIntegerField(_("time spent, minutes"), default=0)
    bounces = models.PositiveSmallIntegerField(default=0)
    moves = models.PositiveSmallIntegerField(default=0)
    returns = models.PositiveSmallIntegerField(default=0)
    recurrence = models.ForeignKey(
        Recurrence, models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    occurrence = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["due", "id"], name="task_open", condition=Q(closed_at=None)),
            models.Index(
                fields=["department", "due", "id"],
                name="task_open_queue",
                condition=Q(closed_at=None),
            ),
            # The workload reads a department's open tasks from the index alone.
            models.Index(
                fields=["department", "assignee", "due", "closed_at", "state", "estimate"],
                name="task_load",
                condition=Q(closed_at=None),
            ),
            models.Index(
                fields=["assignee", "due", "id"],
                name="task_open_assignee",
                condition=Q(closed_at=None),
            ),
            models.Index(
                fields=["author", "due", "id"], name="task_open_author", condition=Q(closed_at=None)
            ),
            models.Index(
                fields=["client", "due", "id"], name="task_open_client", condition=Q(closed_at=None)
            ),
            models.Index(
                fields=["state", "due", "id"], name="task_open_state", condition=Q(closed_at=None)
            ),
            models.Index(
                fields=["-closed_at", "id"],
                name="task_closed",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(
                fields=["assignee", "-closed_at"],
                name="task_closed_assignee",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(
                fields=["department", "-closed_at"],
                name="task_closed_queue",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(
                fields=["client", "-closed_at"],
                name="task_closed_client",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(
                fields=["client", "due"], name="task_handed_in", condition=Q(state="done")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recurrence", "occurrence"], name="one_task_an_occurrence"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="task_has_a_title"),
            models.CheckConstraint(condition=~Q(result=""), name="task_names_its_result"),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "cancelled"], closed_at__isnull=False)
                | Q(closed_at=None, state__in=["new", "taken", "done", "returned", "bounced"]),
                name="task_closed_when_accepted_or_cancelled",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "done", "returned"])
                | Q(assignee__isnull=False, taken_at__isnull=False),
                name="task_in_work_has_a_doer",
            ),
        ]

    def __str__(self) -> str:
        return self.title
