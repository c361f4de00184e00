"""Whom to ask about what."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pult.kernel.roles import Role
from pult.people.models.who import Department


class Topic(models.Model):
    """A matter and who answers for it: a person, a role (of the client or of the agency), or
    whoever leads a department; `words` are what else people call it."""

    name = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="topics"
    )
    role = models.CharField(max_length=24, choices=Role.choices, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="topics"
    )
    is_closed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(role="") | Q(department__isnull=False),
                name="somebody_answers_for_a_topic",
            )
        ]

    def __str__(self) -> str:
        return self.name
