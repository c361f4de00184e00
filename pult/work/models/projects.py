"""A client's work in one department; every task stands under one (13.2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pult.people.models import Department


class Project(models.Model):
    """Client × department. Without a title it is the department's usual one.

    `manager` controls its deadlines; without one it is the client's account manager (A2-02).
    """

    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="projects")
    department = models.CharField(max_length=16, choices=Department.Code.choices)
    title = models.CharField(_("title"), max_length=200, blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["department", "client"], name="project_department")]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "department", "title"],
                condition=Q(ended_on=None),
                name="one_open_project_a_title",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="project_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(Department.Code(self.department).label)
