"""Reading the regulation, and signing a changed card."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pult.kernel.access import access
from pult.kernel.roles import STAFF, Role
from pult.people.queries import acting_role
from pult.regulation.edition_signing import sign_edition
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.choices import tell_unknown
from pult.web.fields import day_of
from pult.web.pages.regulation.clause import clause_view
from pult.web.pages.regulation.page import regulation_page

LEADERS = (Role.HEAD, Role.DIRECTOR)


@access(*STAFF)
@require_GET
def regulation(request: HttpRequest) -> HttpResponse:
    page = regulation_page(request.user, request.GET)
    tell_unknown(request, "q", kind=dict(page.kinds))
    return render_page(request, "regulation/regulation.html", page)


@access(*STAFF)
@require_GET
def clause(request: HttpRequest, clause: str) -> HttpResponse:
    return render_page(request, "regulation/clause.html", clause_view(request.user, clause))


@access(*LEADERS)
@require_POST
def signature(request: HttpRequest, clause: str, edition: int) -> HttpResponse:
    problem = attempt(
        lambda: sign_edition(
            edition_id=edition,
            effective_from=day_of(request.POST, "effective_from"),
            by=request.user,
            role=acting_role(request.user, *LEADERS),
        )
    )
    if problem is None:
        return done(request, _("The edition is signed"), to=reverse("clause", args=[clause]))
    page = replace(clause_view(request.user, clause), problem=problem)
    return render_page(request, "regulation/clause.html", page, status=status_of(problem))
