"""The head lets a launch be ordered before the client confirmed what they expect (П.28)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pult.clients.access import client_for
from pult.kernel.access import access
from pult.people.queries import acting_role, business_day
from pult.regulation.actions import Target, waive
from pult.web.pages.client import line_forms as forms
from pult.web.pages.client.asking import answer_form, tab_address
from pult.web.pages.client.edit_card import FORM

EXPECTATIONS_FIRST = "П.28"
LIFTERS = ("head",)


@access(*LIFTERS)
@FORM
def waiver(request: HttpRequest, client_id: int) -> HttpResponse:
    """Let clause П.28 not bind this client until a day."""
    client_for(request.user, client_id)
    target = Target(EXPECTATIONS_FIRST, client_id, "client", client_id)
    role = acting_role(request.user, *LIFTERS)
    return answer_form(
        request,
        forms.WaiverForm(request.POST or None, initial={"until": business_day()}),
        lambda data: waive(target=target, by=request.user, role=role, **data),
        title=_("Let the launch be ordered before the client confirms"),
        client_id=client_id,
        back=tab_address("first_call", client_id),
        done=_("The launch may be ordered"),
        note=_("The exception, its reason and its last day stay in the client's history."),
    )
