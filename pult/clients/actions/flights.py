"""Taking a planned run of a line back."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import line_for, require
from pult.clients.actions.lines import PLANNERS
from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.facts import acting, void
from pult.kernel.models import Fact

if TYPE_CHECKING:
    from pult.people.models import User


def drop_flight(*, by: "User", line_id: int, flight_id: int) -> None:
    """Call a flight off before it starts: its planned start is voided with it.

    Raises Refusal for one that has started, NotVisible for another line's.
    """
    require(by, *PLANNERS, act=_("plan flights"))
    line = line_for(by, line_id)
    with acting(line.client_id):
        flight = line.flights.filter(pk=flight_id).first()
        if flight is None:
            raise NotVisible(_("There is no such flight"))
        if flight.started_at:
            raise Refusal(_("The flight has already started"), subject=line)
        planned = Fact.objects.filter(
            kind="line.planned_start", root_id=line.client_id, key=str(flight.pk), voided_by=None
        )
        for fact in planned:
            void(fact, by=by, reason=_("The flight was called off"))
        flight.delete()
