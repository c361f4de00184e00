"""Lateness as people tell it (М1.2): noted from fifteen minutes on, over the limit above twenty.

Nothing is inferred from presence and nothing follows: no row, no score, no sanction (М1.3).
"""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from pult.kernel.access import refuse_unless
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.facts import acting, record, void
from pult.kernel.models import Fact
from pult.kernel.roles import Role
from pult.people.actions.absences import NOTERS
from pult.people.models import User
from pult.people.queries import acting_role, business_day, lateness_on, works_here
from pult.regulation.parameters import number

CLAUSE = "М1.2"
NOTED, OVER = ("late.note", 15), ("late.min", 20)  # working minutes
LONGEST = 8 * 60
BACK = timedelta(days=7)


def note_lateness(*, user: User, minutes: int, by: User, day: date | None = None) -> Fact:
    """Note that somebody came so many minutes after their day began: oneself, or a head. A second
    word about a day replaces the first.

    Raises BadInput for less than is noted, a day ahead or one of more than a week ago, and Refusal
    for a contractor: М1 binds staff alone.
    """
    today = business_day()
    day = day or today
    if by.pk != user.pk:
        refuse_unless(by, *NOTERS)
    if Role.CONTRACTOR in user.roles:
        raise Refusal(
            _("The working day binds staff; a contractor's hours are their own"), clause=CLAUSE
        )
    if not works_here(user):
        raise BadInput(
            _("%(name)s holds no role at the agency") % {"name": user.full_name}, field="user"
        )
    least = number(*NOTED)
    if not least <= minutes <= LONGEST:
        words = _("Lateness is noted from %(n)d minutes on, within one day") % {"n": least}
        raise BadInput(words, field="minutes")
    if not today - BACK <= day <= today:
        raise BadInput(_("Lateness is noted of today or of the last week"), field="day")
    with acting(0):
        for before in lateness_on(day):
            if before.person_id == user.pk:
                _check_may_replace(by, before.fact)
                void(before.fact, by=by, reason=_("Told anew"))
        return record(
            "person.late",
            root_id=0,
            refs={"person": user.pk},
            by=by,
            role=acting_role(by, *NOTERS),
            state="over" if minutes > number(*OVER) else "noted",
            key=day.isoformat(),
            payload={"minutes": minutes},
        )


def take_back_lateness(*, by: User, fact_id: int) -> None:
    """It was otherwise: the word goes. Whoever noted it, or a head."""
    found = Fact.objects.filter(pk=fact_id, kind="person.late").first()
    if found is None or not _may_replace(by, found):
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    with acting(0):
        void(found, by=by, reason=_("Taken back"))


def _may_replace(by: User, told: Fact) -> bool:
    """Whoever said it, or a head."""
    return told.actor_id == by.pk or not by.roles.isdisjoint(NOTERS)


def _check_may_replace(by: User, told: Fact) -> None:
    if not _may_replace(by, told):
        raise Refusal(
            _("%(name)s noted this day already") % {"name": told.actor},
            cure=_("Ask them, or a head, to correct it"),
            clause=CLAUSE,
        )
