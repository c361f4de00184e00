"""Who is on duty, and who signs for whom."""

from datetime import date

from pult.people.models import DutyPerson, RoleGrant, User
from pult.people.queries.who import Moment, business_day


def on_duty(at: Moment = None) -> User | None:
    """Who answers clients on a day off."""
    duty = DutyPerson.objects.filter(day=business_day(at)).select_related("user").first()
    return duty.user if duty else None


def duties_between(first: date, last: date) -> dict[date, User]:
    """Who is on duty on the days from `first` to `last`."""
    rows = DutyPerson.objects.filter(day__range=(first, last)).select_related("user")
    return {row.day: row.user for row in rows}


def deputies_of(user: User, at: Moment = None) -> list[RoleGrant]:
    """Who signs for a person, now or from a day ahead, the nearest first."""
    rows = user.deputies.filter(until__gte=business_day(at))
    return list(rows.select_related("user", "acts_for").order_by("since", "id"))
