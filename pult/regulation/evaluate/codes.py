"""States and flags as plain numbers: numpy takes them five times faster than members of an enum."""

from pult.regulation.evaluate.table import Flag, State

FORECAST, OPEN, MET, OVERDUE, LATE, WAIVED, VOID, ALLOWED, DENIED, VIOLATED = map(int, State)
(
    LOGGED_LATE,
    PROVISIONAL,
    SHORT_NOTICE,
    NO_DATA,
    WAITS_CLIENT,
    PAUSED,
    WARNED,
    DISPUTED,
    CLOSED,
) = map(int, Flag)
