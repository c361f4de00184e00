"""Exceptions in force: who let which clause not bind whom, why and until when."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pult.kernel.access import access
from pult.kernel.roles import STAFF, Role
from pult.people.queries import acting_role
from pult.regulation.actions import end_waiver
from pult.regulation.labels import titles
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.choices import tell_unknown
from pult.web.pages.waivers.page import target_of, waivers_page

LEADERS = (Role.HEAD, Role.DIRECTOR)


@access(*STAFF)
@require_GET
def waivers(request: HttpRequest) -> HttpResponse:
    known, clause = titles(), request.GET.get("clause", "")
    tell_unknown(request, clause=known)
    page = waivers_page(request.user, clause if clause in known else "")
    return render_page(request, "waivers/waivers.html", page)


@access(*LEADERS)
@require_POST
def end(request: HttpRequest, waiver_id: int) -> HttpResponse:
    problem = attempt(
        lambda: end_waiver(
            target=target_of(waiver_id),
            by=request.user,
            role=acting_role(request.user, *LEADERS),
        )
    )
    if problem is None:
        return done(request, _("The clause binds again"), to=reverse("waivers"))
    page = replace(waivers_page(request.user), problem=problem)
    return render_page(request, "waivers/waivers.html", page, status=status_of(problem))
