"""What a head decides about a day that went otherwise (М1.3, М2.3): a person decides, not Pult.

The reason is one of a few and never words: a cause of coming late is often somebody's health.
"""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from pult.kernel.access import refuse_unless
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.facts import acting, record, void
from pult.kernel.models import Fact
from pult.kernel.roles import Role
from pult.people.actions.absences import NOTERS
from pult.people.models import DayDecision, User
from pult.people.queries import acting_role, business_day, decided_between, works_here

CLAUSE, OF_CLIENT = "М1.3", "М2.3"
BACK = timedelta(days=30)


def decide_day(
    *, user: User, about: str, decision: str, reason: str, by: User, day: date | None = None
) -> Fact:
    """Decide what a colleague's coming late, absence or a client's unanswered call means, whether
    or not anybody gave a notice. The colleague sees it; nothing opens, counts or goes up. A
    second decision on the same matter of a day replaces the first.

    Raises Refusal for oneself and for a contractor (their hours are their own), BadInput for a
    word that is not offered, a day ahead or one of more than a month ago.
    """
    refuse_unless(by, *NOTERS)
    today = business_day()
    day = day or today
    clause = OF_CLIENT if about == DayDecision.About.CLIENT else CLAUSE
    _check_person(user, by, clause)
    for field, value, offered in (
        ("about", about, DayDecision.About.values),
        ("decision", decision, DayDecision.Word.values),
        ("reason", reason, DayDecision.Reason.values),
    ):
        if value not in offered:
            raise BadInput(_("Choose one of what is offered"), field=field)
    if not today - BACK <= day <= today:
        raise BadInput(_("A day of the last month is decided about"), field="day")
    with acting(0):
        for before in decided_between(day, day, user=user):
            if before.about == about:
                void(before.fact, by=by, reason="decided anew")
        return record(
            "person.decision",
            root_id=0,
            refs={"person": user.pk},
            by=by,
            role=acting_role(by, *NOTERS),
            state=decision,
            key=day.isoformat(),
            payload={"about": about, "reason_code": reason},
        )


def take_back_decision(*, by: User, fact_id: int) -> None:
    """It was decided in error: the decision goes. Any head may, but not about oneself."""
    refuse_unless(by, *NOTERS)
    found = Fact.objects.filter(pk=fact_id, kind="person.decision", voided_by=None).first()
    if found is None or found.refs["person"] == by.pk:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    with acting(0):
        void(found, by=by, reason="taken back")


def _check_person(user: User, by: User, clause: str) -> None:
    if user.pk == by.pk:
        raise Refusal(
            _("Nobody decides about their own day"),
            cure=_("Another head or the director does"),
            who=str(Role.DIRECTOR.label),
            clause=clause,
        )
    if Role.CONTRACTOR in user.roles:
        raise Refusal(
            _("The working day binds staff; a contractor's hours are their own"), clause=clause
        )
    if not works_here(user):
        raise BadInput(
            _("%(name)s holds no role at the agency") % {"name": user.full_name}, field="user"
        )
