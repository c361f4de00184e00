"""One reader or bringer of a source at a time.

Whoever holds a source says so again every few seconds; of a process that is gone on this machine
nobody waits, of one elsewhere for `LEASE` at most.
"""

import logging
import os
import secrets
import socket
import threading
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.utils import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from pult.integrations.calling.caller import TIMEOUT
from pult.integrations.migration.models import Source
from pult.kernel import clock
from pult.kernel.errors import Conflict

# Twice as long as a page may keep silent.
LEASE = timedelta(seconds=2 * TIMEOUT)
BEAT = LEASE / 4

log = logging.getLogger(__name__)


class Lease:
    """Raises Conflict while somebody else works with the source. A thread keeps it meanwhile."""

    def __init__(self, source: Source) -> None:
        self._pk = source.pk
        self.holder = f"{_process(os.getpid())} {secrets.token_hex(4)}"
        self._stop = threading.Event()

    def __enter__(self) -> "Lease":
        now = clock.now()
        rows = Source.objects.filter(pk=self._pk)
        before = rows.values_list("lease_by", flat=True).get()
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        if is_gone(before):
            free |= Q(lease_by=before)
        if not rows.filter(free).update(lease_until=now + LEASE, lease_by=self.holder):
            raise Conflict(_("This system is being read already"), cure=_("Wait until it is done"))
        self._thread = threading.Thread(target=self._beat, daemon=True, name="lease")
        self._thread.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._stop.set()
        self._thread.join(timeout=1)
        self._held().update(lease_until=None, lease_by="")

    def check(self) -> None:
        """Still at work; Conflict when this process was silent for so long that another began."""
        if not self._held().update(lease_until=clock.now() + LEASE):
            raise Conflict(_("Another process has taken this system over"))

    def _held(self) -> QuerySet[Source]:
        return Source.objects.filter(pk=self._pk, lease_by=self.holder)

    def _beat(self) -> None:
        while not self._stop.wait(BEAT.total_seconds()):
            try:
                self._held().update(lease_until=clock.now() + LEASE)
            except (OperationalError, InterfaceError) as problem:
                log.warning("the lease of a former system was not renewed: %s", problem)
            finally:
                connection.close()


def is_gone(holder: str) -> bool:
    """Whether a holder was a process of this machine that runs no more."""
    machine, _space, rest = holder.partition(" ")
    pid = rest.partition(" ")[0]
    if machine != _machine() or not pid.isdecimal():
        return False
    return _process(int(pid)) != holder.rpartition(" ")[0]


@lru_cache(maxsize=1)
def _machine() -> str:
    """The host, and within it the space its process numbers are counted in: containers may bear
    one name."""
    try:
        space = Path("/proc/self/ns/pid").stat().st_ino
    except OSError:
        space = 0
    return f"{socket.gethostname()[:60]}/{space}"


def _process(pid: int) -> str:
    """A process by its number and the moment it began, since numbers come again."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        began = "" if told[0] == "Z" else told[19]
    except (OSError, IndexError):
        began = _runs(pid)
    return f"{_machine()} {pid} {began}"


def _runs(pid: int) -> str:
    """The same where there is no /proc: whether it runs at all."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except OSError:
        pass
    return "runs"
