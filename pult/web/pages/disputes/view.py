"""Deciding disputes."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pult.kernel.access import access
from pult.kernel.roles import STAFF, Role
from pult.regulation.whole_acts import decide_disputes
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import one_of
from pult.web.pages.disputes.page import deciding_role, disputes_page

PAGE = "disputes/disputes.html"
ANSWERS = ("upheld", "rejected")


@access(*STAFF)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render_page(request, PAGE, disputes_page(request.user))


@access(Role.HEAD, Role.DIRECTOR)
@require_POST
def decision(request: HttpRequest, dispute_id: int) -> HttpResponse:
    problem = attempt(
        lambda: decide_disputes(
            dispute_id=dispute_id,
            upheld=one_of(request.POST, "decision", ANSWERS) == "upheld",
            answer=request.POST.get("answer", ""),
            by=request.user,
            role=deciding_role(request.user),
        )
    )
    if problem is None:
        return done(request, _("Decided, and the person can read why."), to=reverse("disputes"))
    page = disputes_page(request.user, problem, dispute_id)
    return render_page(request, PAGE, page, status=status_of(problem))
