"""One reader or bringer of a source at a time; one that died is waited for ten minutes."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from pult.integrations.migration.models import Source
from pult.kernel import clock
from pult.kernel.errors import Conflict

LEASE = timedelta(minutes=10)


class Lease:
    """Raises Conflict while somebody else works with the source. A long work renews it."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __enter__(self) -> "Lease":
        now = clock.now()
        free = Source.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now))
        if not free.filter(pk=self._source.pk).update(lease_until=now + LEASE):
            raise Conflict(_("This system is being read already"), cure=_("Wait until it is done"))
        return self

    def __exit__(self, *_problem: object) -> None:
        Source.objects.filter(pk=self._source.pk).update(lease_until=None)


def renew(source: Source) -> None:
    """Still at work."""
    Source.objects.filter(pk=source.pk).update(lease_until=clock.now() + LEASE)
