"""The database engine `pult.kernel.sqlite`: Django's own, but for how it waits for the writer.

SQLite looks again after 1, 2, 5, 10, 15, 20, 25 … 100 ms: whoever has waited long looks least
often, and a newcomer goes first. Here everybody who begins a transaction looks each millisecond.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from django.db.backends.sqlite3 import base

LOOK_EVERY = 0.001
PRIMARY = 0xFF  # the low byte of an error's code; the rest tells its kind
USUAL = 5.0  # what Python's sqlite3 waits when nothing is said


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that waits for the writer as long as `timeout` says, in even steps."""

    def _start_transaction_under_autocommit(self) -> None:
        begin = f"BEGIN {self.transaction_mode or ''}"
        until = monotonic() + self._patience()
        with self.wrap_database_errors, self._asked_once():
            while True:
                try:
                    self.connection.execute(begin)
                    return
                except sqlite3.OperationalError as problem:
                    if not _is_busy(problem) or monotonic() > until:
                        raise
                sleep(LOOK_EVERY)

    @contextmanager
    def _asked_once(self) -> Iterator[None]:
        """SQLite answers at once instead of waiting by itself."""
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {round(self._patience() * 1000)}")

    def _patience(self) -> float:
        return float(self.settings_dict["OPTIONS"].get("timeout", USUAL))


def _is_busy(problem: sqlite3.OperationalError) -> bool:
    return problem.sqlite_errorcode & PRIMARY == sqlite3.SQLITE_BUSY
