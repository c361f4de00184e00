"""Who is on duty, and who signs for whom."""

from datetime import date

from pult.kernel.models import Fact
from pult.people.models import DutyPerson, RoleGrant, User
from pult.people.queries.who import Moment, business_day, full_names


def on_duty(at: Moment = None) -> User | None:
    """Who answers clients on a day off."""
    duty = DutyPerson.objects.filter(day=business_day(at)).select_related("user").first()
    return duty.user if duty else None


def duties_between(first: date, last: date) -> dict[date, User]:
    """Who is on duty on the days from `first` to `last`."""
    rows = DutyPerson.objects.filter(day__range=(first, last)).select_related("user")
    return {row.day: row.user for row in rows}


def freed_duties() -> list[tuple[date, str]]:
    """(day, who was to be on duty) of days from today on that nobody has taken since; two
    queries."""
    today = business_day()
    told = Fact.objects.filter(kind="duty_freed", root_id=0, key__gte=today.isoformat())
    days = {date.fromisoformat(fact.key): fact.refs["person"] for fact in told.order_by("pk")}
    if not days:
        return []
    taken = set(DutyPerson.objects.filter(day__in=days).values_list("day", flat=True))
    names = full_names(days.values())
    return [(day, names[days[day]]) for day in sorted(days.keys() - taken)]


def deputies_of(user: User, at: Moment = None) -> list[RoleGrant]:
    """Who signs for a person, now or from a day ahead, the nearest first."""
    rows = user.deputies.filter(until__gte=business_day(at))
    return list(rows.select_related("user", "acts_for").order_by("since", "id"))
