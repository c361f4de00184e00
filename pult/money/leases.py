"""Who works on a statement file now: one at a time, and never for ever.

Whoever takes a file in holds it until a moment a little ahead and moves that moment on as the
work goes. A process that was killed moves nothing, so the next import of the file goes on soon.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import Conflict
from pult.money.models import StatementFile

# Shorter than the lease of a job: the worker that takes up a killed one's job finds the file free.
LEASE = timedelta(seconds=45)
BEAT = timedelta(seconds=10)
Progress = Callable[[int, int], None]


class Lease:
    """A file held since now; Conflict when somebody else holds it or was just quicker."""

    def __init__(self, file: StatementFile) -> None:
        self.file_id = file.pk
        self._until = clock.now() + LEASE
        same = StatementFile.objects.filter(pk=file.pk, status=file.status)
        if not same.filter(is_free()).update(lease_until=self._until):
            raise busy()

    def keep(self) -> None:
        """Hold it on, where it is time to."""
        if self._until - clock.now() <= LEASE - BEAT:
            self.renew()

    def renew(self) -> None:
        """Hold it from now on; Conflict when it was lost to another, who goes on with it."""
        now = clock.now()
        if not self._held().update(lease_until=now + LEASE):
            raise busy()
        self._until = now + LEASE

    def beating(self, progress: Progress | None) -> Progress:
        """A progress that keeps the lease as well."""

        def told(done: int, total: int) -> None:
            self.keep()
            if progress:
                progress(done, total)

        return told

    def release(self) -> None:
        self._held().update(lease_until=None)

    def _held(self) -> QuerySet[StatementFile]:
        return StatementFile.objects.filter(pk=self.file_id, lease_until=self._until)


@contextmanager
def held(file: StatementFile) -> Iterator[Lease]:
    """Hold a file for the length of a block, and give it back however the block ends."""
    lease = Lease(file)
    try:
        yield lease
    finally:
        lease.release()


def is_free() -> Q:
    """Files nobody works on."""
    return Q(lease_until=None) | Q(lease_until__lt=clock.now())


def busy() -> Conflict:
    return Conflict(
        _("Somebody is taking this statement in right now"),
        cure=_("Open the list of imports in a minute: it will be there"),
    )
