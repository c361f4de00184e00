"""The ledger, column for column as `evaluate` returns it, and what keeps it current.

Instants are whole minutes since 1970-01-01 UTC and -1 means "none", as in `evaluate.table`:
the engine compares these rows with its own without converting anything.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact

from pult.regulation.evaluate.table import BREACHES, NONE, Flag, State

LIVE_STATES = (State.FORECAST.value, State.OPEN.value, State.OVERDUE.value)
ALL_ROOTS = -1
# LIVE_STATES and not closed: what an act can still change. Most breaches are closed, so indexes of
# days leave them out. Told without a list of states: SQLite proves a partial index from values it
# is given only where they stand alone.
ALIVE = (
    Q(state__lte=State.OVERDUE.value)
    & ~Q(state=State.MET.value)
    & Q(Exact(F("flags").bitand(Flag.CLOSED.value), 0))
)


class Identity(models.Model):
    """What names a row for ever: clause, part of its deadlines, subject and key."""

    clause = models.CharField(max_length=32)
    part = models.SmallIntegerField(default=0)
    subject_type = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    row_key = models.BigIntegerField()
    root_id = models.BigIntegerField()  # the client; 0 = the agency itself

    class Meta:
        abstract = True


class Obligation(Identity):
    """A row of the ledger. Written only by `regulation.ledger`; its state is derived."""

    role = models.CharField(max_length=24, blank=True)
    act = models.CharField(max_length=64, blank=True)
    state = models.SmallIntegerField()
    flags = models.IntegerField(default=0)
    mode = models.SmallIntegerField()
    trigger_fact = models.BigIntegerField(default=0)
    opened_at = models.BigIntegerField()
    soft_due = models.BigIntegerField(default=NONE)
    due = models.BigIntegerField()
    evidence_fact = models.BigIntegerField(default=0)
    evidence_at = models.BigIntegerField(default=NONE)
    need = models.SmallIntegerField(default=0)
    done = models.SmallIntegerField(default=0)
    edition_id = models.BigIntegerField(default=0)  # CardEdition
    parameter_value = models.BigIntegerField(default=0)  # ParameterValue, 0 = the card's number
    calendar_version = models.IntegerField(default=0)
    wake_at = models.BigIntegerField()
    first_seen = models.BigIntegerField()
    changed_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "part", "subject_type", "subject_id", "row_key"],
                name="one_obligation",
            )
        ]
        indexes = [
            models.Index(fields=["root_id", "clause"], name="obligation_cell"),
            # Finds what is asked at a client; covers counting the acts of every client in order.
            models.Index(
                fields=["root_id", "role", "due", "act", "state", "mode", "flags"],
                condition=ALIVE,
                name="obligation_live",
            ),
            # Covers what the days of those who see every client count and sort by.
            models.Index(
                fields=["due", "role", "state", "mode", "flags", "root_id", "act", "clause"],
                condition=ALIVE,
                name="obligation_asked",
            ),
            models.Index(fields=["clause", "state"], name="obligation_clause"),
            # What is owed by each clause, counted without a look at what is closed.
            models.Index(
                fields=["clause", "mode", "state", "flags"], condition=ALIVE, name="obligation_open"
            ),
            models.Index(
                fields=["due"],
                condition=Q(state__in=[state.value for state in BREACHES]),
                name="obligation_breach",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.subject_type} {self.subject_id}: {State(self.state).name}"


class Transition(Identity):
    """What became of a row, when and why; appended, never changed.

    `cause` is fact | time | parameter | calendar | mode | edition | sweep. `from_state` is -1 for
    a new row and `to_state` -1 for a row that no longer exists (its clause was switched off).
    An act that a gate refused leaves DENIED here and no row: there is nothing anybody owes.
    """

    known_at = models.BigIntegerField()
    from_state = models.SmallIntegerField()
    to_state = models.SmallIntegerField()
    due = models.BigIntegerField()
    cause = models.CharField(max_length=16)
    cause_fact = models.BigIntegerField(default=0)
    edition_id = models.BigIntegerField(default=0)
    parameter_value = models.BigIntegerField(default=0)
    calendar_version = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["root_id", "known_at"], name="transition_root"),
            models.Index(
                fields=["clause", "subject_type", "subject_id", "row_key"], name="transition_row"
            ),
            models.Index(
                fields=["clause", "known_at"],
                condition=Q(to_state=State.DENIED.value),
                name="transition_denied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.from_state} → {self.to_state}"


class Timer(models.Model):
    """The next instant at which time alone may change rows of a clause for a client."""

    root_id = models.BigIntegerField()
    clause = models.CharField(max_length=32)
    wake_at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root_id", "clause"], name="one_timer")]
        indexes = [models.Index(fields=["wake_at"], name="timer_wake")]

    def __str__(self) -> str:
        return f"{self.root_id} {self.clause}: {self.wake_at}"


class Dirty(models.Model):
    """Cells to evaluate again. Appended only; the worker deletes the ids it read before the facts.

    `root_id` -1 means every client; an empty `clause` means every clause.
    """

    root_id = models.BigIntegerField()
    clause = models.CharField(max_length=32, blank=True)
    reason = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"{self.root_id} {self.clause or '*'} ({self.reason})"


class SweepRun(models.Model):
    """One full sweep: how many rows the ledger has, how many differed, and a few of those."""

    at = models.DateTimeField()
    rows = models.BigIntegerField()
    drift = models.IntegerField()
    lag = models.IntegerField(default=0)
    seconds = models.FloatField()
    sample = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.rows} rows, drift {self.drift}"
