"""What is said inside a task; words can be erased, the fact that something was said stays."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pult.work.models.tasks import Task


class Comment(models.Model):
    """`erased_at`: its words are gone for good."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("comment"), blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]


class Mention(models.Model):
    """Somebody a comment calls by name."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mentions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="mentioned_once_a_comment"),
        ]


class Seen(models.Model):
    """How far a person has read the comments of a task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    last = models.BigIntegerField(default=0)  # id of the newest comment read

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "task"], name="one_bookmark_a_task"),
        ]
