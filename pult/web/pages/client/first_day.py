"""A client's own first day of the regulation: what it would ask is seen before it is set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pult.clients import actions
from pult.clients.access import client_for
from pult.kernel.access import access
from pult.kernel.errors import BadInput, PultError
from pult.people.queries import business_day
from pult.regulation.modes import go_live_of_client
from pult.regulation.queries.first_day import Asked, first_day_asks
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import day_of
from pult.web.pages.client.asking import tab_address
from pult.web.pages.client.edit_card import FORM
from pult.web.pages.client.head import Head, head_of

if TYPE_CHECKING:
    from pult.people.models import User

Form = Mapping[str, str]


@dataclass(frozen=True)
class FirstDayPage:
    """`on` is the day of the form; `asks` what it would change, None while nobody looked."""

    head: Head
    on: str
    asks: tuple[Asked, ...] | None
    back: str
    problem: PultError | None


@access("head", "director")
@FORM
def show(request: HttpRequest, client_id: int) -> HttpResponse:
    """From which day the regulation asks about the client: a GET with a day shows what it would
    ask, POST sets it."""
    client_for(request.user, client_id)
    if request.method != "POST":
        page = looked_at(request.user, client_id, request.GET)
        return render_page(request, "client/first_day.html", page, status=status_of(page.problem))
    problem = attempt(
        lambda: actions.set_go_live(
            by=request.user, client_id=client_id, on=day_of(request.POST, "on")
        )
    )
    if problem is None:
        return done(request, _("The first day is set"), to=tab_address("client", client_id))
    page = first_day_page(request.user, client_id, request.POST, problem)
    return render_page(request, "client/first_day.html", page, status=status_of(problem))


def looked_at(user: "User", client_id: int, sent: Form) -> FirstDayPage:
    """The page with what the day of the form would change, before anybody sets it."""
    if "on" not in sent:
        return first_day_page(user, client_id, sent)
    try:
        asks = first_day_asks(on=day_of(sent, "on"), scope=("client", client_id))
    except BadInput as problem:
        return first_day_page(user, client_id, sent, problem)
    return first_day_page(user, client_id, sent, asks=asks)


def first_day_page(
    user: "User",
    client_id: int,
    sent: Form,
    problem: PultError | None = None,
    asks: tuple[Asked, ...] | None = None,
) -> FirstDayPage:
    """The day in force (or today) in the form, unless another was typed."""
    known = go_live_of_client(client_id) or business_day()
    return FirstDayPage(
        head=head_of(user, client_id, "client"),
        on=sent.get("on", known.isoformat()),
        asks=asks,
        back=tab_address("client", client_id),
        problem=problem,
    )
