"""Who is not at work now, why and till when: one answer for every page that names a colleague."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from pult.people import logic
from pult.people.models import User
from pult.people.queries.away import (
    OFF_HOURS,
    absent_rows,
    has_hours,
    hour_or_day,
    out_of_hours,
    spans_of,
)
from pult.people.queries.who import Moment, business_day, full_names
from pult.ui.formats import short_day


@dataclass(frozen=True)
class Missing:
    """Somebody who is not at work: away till the day `until`, shut out (`is_shut`), or out of their
    own hours (`is_off`) till the moment `back_at`; None while nobody knows. `stand_in` has their
    work meanwhile, empty for nobody."""

    until: date | None = None
    stand_in: str = ""
    is_shut: bool = False
    is_off: bool = False
    back_at: datetime | None = None

    @property
    def words(self) -> str:
        told = {"name": self.stand_in}
        if self.is_shut:
            return _("shut out, %(name)s stands in") % told if self.stand_in else _("shut out")
        if self.is_off:
            return self._off
        if self.until is None:
            return _("away, %(name)s stands in") % told if self.stand_in else _("away")
        told["day"] = short_day(self.until)
        if self.stand_in:
            return _("away until %(day)s, %(name)s stands in") % told
        return _("away until %(day)s") % told

    @property
    def icon(self) -> str:
        return "lock" if self.is_shut else "clock" if self.is_off else "tree-palm"

    @property
    def _off(self) -> str:
        told = {"name": self.stand_in, "day": hour_or_day(self.back_at)}
        if self.back_at is None:
            return _("out of their own hours")
        if self.stand_in:
            return _("out of their hours until %(day)s, %(name)s is on duty") % told
        return _("out of their hours until %(day)s") % told


def missing(at: Moment = None) -> dict[int, Missing]:
    """Everybody who is not at work. Being shut out speaks before an absence, an absence before
    hours. Two queries, one more when somebody stands in, two where somebody has own hours."""
    asked = User.objects.filter(has_hours(at) | Q(doors_shut_at__isnull=False), is_active=True)
    known = list(asked.select_related("department"))
    shut = {user.pk for user in known if user.doors_shut_at is not None}
    back = out_of_hours([user for user in known if user.pk not in shut], at)
    rows = [row for row in absent_rows(at) if row.pk != OFF_HOURS or row.user_id in back]
    absences = {row.user_id: row for row in rows if row.pk != OFF_HOURS}
    day, spans = business_day(at), spans_of(rows)
    chains = {pk: logic.stand_ins(pk, day, spans) for pk in shut | back.keys() | absences.keys()}
    last = {pk: chain[-1] for pk, chain in chains.items() if chain}
    names = full_names(last.values())
    stands = {pk: names.get(one, "") for pk, one in last.items()}
    found = {
        pk: Missing(stand_in=stands.get(pk, ""), is_off=True, back_at=moment)
        for pk, moment in back.items()
    }
    for pk, row in absences.items():
        found[pk] = Missing(row.until, stands.get(pk, ""))
    for pk in shut:
        found[pk] = Missing(stand_in=stands.get(pk, ""), is_shut=True)
    return found
