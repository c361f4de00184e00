"""Which clients have left the former system behind."""

from functools import cached_property

from pult.clients.ledger_names import teams
from pult.integrations.migration.models import CutOver, Source
from pult.people.models import RoleGrant, User
from pult.people.queries import business_day, on_day


class Cuts:
    """The cut-overs of a source that are in force today; nothing is asked where there is none."""

    def __init__(self, source: Source) -> None:
        rows = CutOver.objects.filter(source=source, cancelled_at=None, day__lte=business_day())
        self._teams = frozenset(rows.values_list("team", flat=True))
        self._clients: dict[int, bool] = {}

    def client(self, client_id: int) -> bool:
        """Whether the client's team works in Pult alone."""
        if not self._teams:
            return False
        if client_id not in self._clients:
            self._clients[client_id] = teams([client_id]).get(client_id) in self._teams
        return self._clients[client_id]

    def person(self, user: User | None) -> bool:
        """The same of whatever belongs to a colleague there."""
        return bool(self._teams and user and user.pk in self._people)

    @cached_property
    def _people(self) -> frozenset[int]:
        rows = RoleGrant.objects.filter(on_day(business_day()), team__in=self._teams)
        return frozenset(rows.filter(acts_for=None).values_list("user", flat=True))
