"""Handovers one has to do with, and the beginning of one from sales."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import id_in
from pult.web.pages.handovers.page import another_page, handovers_page, new_page, start_typed

SELL = (Role.SALES, Role.HEAD, Role.DIRECTOR)


@access(Role.AM, *SELL)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    page = handovers_page(request.user, request.GET.get("state", ""))
    return render_page(request, "handovers/handovers.html", page)


@access(*SELL)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin to hand a sold client over, or choose another manager for an open handover."""
    problem, made = None, []
    given = request.POST if request.method == "POST" else request.GET
    if request.method == "POST":
        problem = attempt(lambda: made.append(start_typed(request.user, given)))
        if problem is None:
            here = reverse("handover", args=[made[0].pk])
            return done(request, _("The handover is begun"), to=here)
    moving = id_in(given, "handover") if request.method != "POST" else None
    if moving:
        page = another_page(request.user, moving)
    else:
        page = new_page(request.user, given, problem)
    return render_page(request, "handovers/new.html", page, status=status_of(problem))
