"""Forms of tasks. The shipped ones are in `logic/shipped.toml`; what heads change is kept here."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pult.work.models.kinds import Kind


class TemplateEdition(models.Model):
    """One version of a form; tasks keep the version they were set by.

    `departments` are codes, the usual one first. `fields`: [{code, label, type, required,
    options: [[code, label]]}], `checklist`: [text]. A version is never
    changed: the next one takes its place. Version 0 of a shipped form is not here.
    """

    code = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    departments = models.JSONField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    about = models.CharField(_("what it is for"), max_length=500, blank=True)
    fields = models.JSONField(default=list, blank=True)
    checklist = models.JSONField(default=list, blank=True)
    term = models.PositiveIntegerField(_("usual term, working minutes"))
    is_active = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_edition_a_version"),
        ]

    def __str__(self) -> str:
        return self.title
