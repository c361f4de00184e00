"""Changing a number of the regulation: see what it would have cost, sign it, take it back."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pult.kernel.access import access
from pult.kernel.errors import NotVisible
from pult.kernel.roles import Role
from pult.people.queries import acting_role, business_day
from pult.regulation.parameters import history, sign_parameter, withdraw
from pult.regulation.signing import require_reason
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import day_of, whole_of
from pult.web.pages.parameters.page import (
    RetroView,
    parameter_page,
    require_used,
    retro_view,
    scope_of,
)

SIGNERS = (Role.HEAD, Role.DIRECTOR)
FOLLOW = "follow"
TEMPLATE = "parameters/parameters.html"


@access(*SIGNERS)
@require_http_methods(["GET", "POST"])
def parameter(request: HttpRequest, clause: str, name: str) -> HttpResponse:
    if request.method == "GET":
        return render_page(
            request, TEMPLATE, parameter_page(request.user, clause, name, request.GET)
        )
    require_used(clause, name)
    form, asked = request.POST, []
    problem = attempt(lambda: asked.extend(_sign(request, name)))
    if problem is None and not asked:
        return done(request, _("The number is signed"), to=reverse("clause", args=[clause]))
    page = parameter_page(request.user, clause, name, form, problem, *asked)
    return render_page(request, TEMPLATE, page, status=status_of(problem))


def _sign(request: HttpRequest, name: str) -> list[RetroView]:
    """Sign what the form says; a value for a past day comes back with what it would change, until
    it is sent again as a decision about the past."""
    form = request.POST
    value = None if form.get("value") == FOLLOW else whole_of(form, "value")
    since, scope = day_of(form, "effective_from"), scope_of(request.user, form)
    is_past = since < business_day()
    require_reason(form.get("reason", ""))
    if is_past and form.get("retro") != "yes":
        return [retro_view(name, value, since, scope)]
    sign_parameter(
        name=name,
        value=value,
        effective_from=since,
        reason=form.get("reason", ""),
        by=request.user,
        role=acting_role(request.user, *SIGNERS),
        scope=scope,
        retro=is_past,
    )
    return []


@access(*SIGNERS)
@require_POST
def withdrawal(request: HttpRequest, clause: str, name: str, value_id: int) -> HttpResponse:
    if all(value.pk != value_id for value in history(name)):
        raise NotVisible("")
    require_used(clause, name)
    problem = attempt(
        lambda: withdraw(
            value_id=value_id,
            reason=request.POST.get("reason", ""),
            by=request.user,
            role=acting_role(request.user, *SIGNERS),
        )
    )
    if problem is None:
        back = reverse("parameter", args=[clause, name])
        return done(request, _("Taken back: the older number stays"), to=back)
    page = parameter_page(request.user, clause, name, {}, problem)
    return render_page(request, TEMPLATE, page, status=status_of(problem))
