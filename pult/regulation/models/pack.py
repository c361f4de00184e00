"""What is signed: card editions, parameter values, modes, go-live dates, calendar edits.

Every table is appended to, never edited: the newest row recorded by an instant is what was known
then. Days are days of the agency's zone.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.regulation.evaluate.table import Mode


def author_field() -> models.ForeignKey:
    """Who signed; empty when the shipped pack or an import did."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )


class CardEdition(models.Model):
    """One wording of one clause. A changed file is a new edition that waits for a signature."""

    pack = models.CharField(max_length=32)
    clause = models.CharField(max_length=32)
    edition = models.CharField(max_length=64)  # hash of wording and rule table
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    wording = models.TextField()
    kind = models.CharField(max_length=16)
    text = models.TextField()  # the whole card as written, examples included
    file = models.CharField(max_length=200)
    effective_from = models.DateField(null=True)  # empty: from the beginning
    recorded_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signed_by = author_field()
    signed_as = models.CharField(max_length=32, blank=True)  # "pack" for shipped first editions

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "clause", "edition"], name="one_card_edition")
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.title} ({self.edition[:8]})"


class ParameterValue(models.Model):
    """A dated value of a named parameter in a scope, with who signed it and why."""

    name = models.CharField(max_length=64)
    value = models.BigIntegerField()
    unit = models.CharField(max_length=12)
    scope_type = models.CharField(max_length=24, default="agency")
    scope_id = models.BigIntegerField(default=0)
    effective_from = models.DateField()
    recorded_at = models.DateTimeField()
    author = author_field()
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["name", "effective_from"], name="parameter_by_name")]

    def __str__(self) -> str:
        return f"{self.name} = {self.value} {self.unit} ({self.effective_from})"


class ModeChoice(models.IntegerChoices):
    """How loud a clause is for a team."""

    OFF = Mode.OFF, pgettext_lazy("mode", "off")
    SHADOW = Mode.SHADOW, pgettext_lazy("mode", "shadow")
    VISIBLE = Mode.VISIBLE, pgettext_lazy("mode", "visible")
    ESCALATING = Mode.ESCALATING, pgettext_lazy("mode", "escalating")


class ClauseMode(models.Model):
    """From `since` the clause is this loud for the team (0 = the whole agency)."""

    clause = models.CharField(max_length=32)
    team_id = models.BigIntegerField(default=0)
    mode = models.SmallIntegerField(choices=ModeChoice)
    since = models.DateField()
    recorded_at = models.DateTimeField()
    by = author_field()
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["clause", "since"], name="mode_by_clause")]

    def __str__(self) -> str:
        return f"{self.clause}: {self.get_mode_display()} ({self.since})"


class GoLive(models.Model):
    """Nothing is asked about triggers before this day in this scope."""

    scope_type = models.CharField(
        max_length=8,
        choices=[("agency", _("agency")), ("team", _("team")), ("client", _("client"))],
    )
    scope_id = models.BigIntegerField(default=0)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    by = author_field()

    def __str__(self) -> str:
        return f"{self.scope_type} {self.scope_id}: {self.on}"


class CalendarVersion(models.Model):
    """One signed edit of a calendar: days, hours, or how far it is known.

    `unit` is the department's code, or "agency"; what a department says lies over what the agency
    does. Numbers run through all units. Version 0 is the shipped table with the usual hours.
    """

    unit = models.CharField(max_length=24, default="agency")
    number = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    known_until = models.DateField(null=True)
    author = author_field()
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number"], name="one_calendar_version")]

    def __str__(self) -> str:
        return f"{self.unit} {self.number}"


class CalendarDay(models.Model):
    """A day as this version of the calendar has it; an empty kind: as if nobody had spoken."""

    version = models.ForeignKey(CalendarVersion, models.CASCADE, related_name="days")
    date = models.DateField()
    kind = models.CharField(
        max_length=8,
        blank=True,
        choices=[
            ("work", pgettext_lazy("day", "work")),
            ("off", pgettext_lazy("day", "off")),
            ("short", pgettext_lazy("day", "short")),
        ],
    )
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "date"], name="one_day_a_calendar_version")
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.kind}"


class CalendarHours(models.Model):
    """Hours a unit keeps from a local day on; empty ones: the agency's again."""

    version = models.OneToOneField(CalendarVersion, models.CASCADE, related_name="hours")
    since = models.DateField()
    start = models.TimeField(null=True)
    end = models.TimeField(null=True)
    lunch_start = models.TimeField(null=True)
    lunch_end = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start=None, end=None, lunch_start=None, lunch_end=None)
                | models.Q(
                    start__lte=models.F("lunch_start"),
                    lunch_start__lte=models.F("lunch_end"),
                    lunch_end__lte=models.F("end"),
                ),
                name="calendar_hours_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.since}: {self.start}–{self.end}"


class Stamp(models.Model):
    """One row whose number grows with every change of what is signed: caches compare it."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
