"""How many clients everybody holds, the limits, and what each client weighs."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.people.actions import set_client_limit
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import day_or_none
from pult.web.pages.load.page import (
    limit_of,
    load_page,
    manager_of,
    person_load_page,
    weigh,
)

LOOKERS = (Role.AM, Role.HEAD, Role.DIRECTOR)
SETTERS = (Role.HEAD, Role.DIRECTOR)


@access(*LOOKERS)
@require_GET
def load(request: HttpRequest) -> HttpResponse:
    return render_page(request, "load/load.html", load_page(request.user))


@access(*SETTERS)
@require_POST
def limit(request: HttpRequest) -> HttpResponse:
    """A limit of everybody's or of one manager's, from a day on."""
    form = request.POST
    problem = attempt(
        lambda: set_client_limit(
            clients=limit_of(form),
            user=manager_of(form),
            since=day_or_none(form, "since"),
            by=request.user,
        )
    )
    if problem is None:
        return done(request, _("The limit is set"), to=reverse("load"))
    page = load_page(request.user, sent=form, problem=problem)
    return render_page(request, "load/load.html", page, status=status_of(problem))


@access(*LOOKERS)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """The clients of one manager and what each weighs."""
    problem = None
    if request.method == "POST":
        problem = attempt(lambda: weigh(request.user, person_id, request.POST))
        if problem is None:
            return done(request, _("Saved"), to=reverse("person_load", args=[person_id]))
    page = person_load_page(request.user, person_id, problem)
    return render_page(request, "load/person.html", page, status=status_of(problem))
