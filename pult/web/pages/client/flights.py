"""Flights: the runs of a line that does not go on without a break."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pult.clients import actions
from pult.clients.actions.lines import PLANNERS, STARTERS
from pult.kernel.access import access
from pult.web.answers import done
from pult.web.pages.client import line_forms as forms
from pult.web.pages.client.edit_acts import answer_start
from pult.web.pages.client.edit_card import FORM
from pult.web.pages.client.edit_lines import line_form, own_line


@access(*PLANNERS)
@FORM
def new(request: HttpRequest, client_id: int, line_id: int) -> HttpResponse:
    """Plan a run."""
    line = own_line(request, client_id, line_id)
    return line_form(
        request,
        line,
        forms.FlightForm(request.POST or None),
        lambda data: actions.add_flight(by=request.user, line_id=line.pk, **data),
        title=_("New flight"),
        note=_("Each flight passes the gate of its own money."),
        done=_("The flight is planned"),
    )


@access(*STARTERS)
@require_POST
def start(request: HttpRequest, client_id: int, line_id: int, flight_id: int) -> HttpResponse:
    """Start a run; when a clause refuses, say what is missing and who can lift it."""
    return answer_start(request, own_line(request, client_id, line_id), flight_id)


@access(*PLANNERS)
@require_POST
def removal(request: HttpRequest, client_id: int, line_id: int, flight_id: int) -> HttpResponse:
    """Call a run off before it starts."""
    line = own_line(request, client_id, line_id)
    actions.drop_flight(by=request.user, line_id=line.pk, flight_id=flight_id)
    here = reverse("client_line", args=[client_id, line_id])
    return done(request, _("The flight is called off"), to=here)
