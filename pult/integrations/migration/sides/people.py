"""Whom people of a former system are here."""

from functools import cached_property

from pult.integrations.migration.models import Source, TheirPerson
from pult.people.models import User


class Names:
    """The people of a source by their id there, looked up once."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @cached_property
    def _rows(self) -> dict[str, TheirPerson]:
        rows = TheirPerson.objects.filter(source=self.source)
        return {row.external_id: row for row in rows.select_related("user__department")}

    def user(self, external_id: str) -> User | None:
        """Our colleague, if somebody said who it is."""
        row = self._rows.get(external_id)
        return row.user if row else None

    def name(self, external_id: str, otherwise: str = "") -> str:
        """The name as it stands there: an author stays a name, also of one who left."""
        row = self._rows.get(external_id)
        return row.name if row else otherwise
