"""Changing a number of the regulation: see what it would have cost, sign it, take it back."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.people.queries import acting_role
from pult.regulation.parameters import sign_parameter, withdraw
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import day_of, whole_of
from pult.web.pages.parameters.page import parameter_page

SIGNERS = (Role.HEAD, Role.DIRECTOR)
TEMPLATE = "parameters/parameters.html"


@access(*SIGNERS)
@require_http_methods(["GET", "POST"])
def parameter(request: HttpRequest, clause: str, name: str) -> HttpResponse:
    if request.method == "GET":
        return render_page(request, TEMPLATE, parameter_page(clause, name, request.GET))
    form = request.POST
    problem = attempt(
        lambda: sign_parameter(
            name=name,
            value=whole_of(form, "value"),
            effective_from=day_of(form, "effective_from"),
            reason=form.get("reason", ""),
            by=request.user,
            role=acting_role(request.user, *SIGNERS),
        )
    )
    if problem is None:
        return done(request, _("The number is signed"), to=reverse("clause", args=[clause]))
    page = parameter_page(clause, name, form, problem)
    return render_page(request, TEMPLATE, page, status=status_of(problem))


@access(*SIGNERS)
@require_POST
def withdrawal(request: HttpRequest, clause: str, name: str, value_id: int) -> HttpResponse:
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
    page = parameter_page(clause, name, {}, problem)
    return render_page(request, TEMPLATE, page, status=status_of(problem))
