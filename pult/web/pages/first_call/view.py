"""The form of the first call: six aims, expectations, the client's confirmation."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pult.kernel.access import access
from pult.kernel.roles import STAFF, Role
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.first_call.acts import act_of
from pult.web.pages.first_call.page import call_page

PAGE = "first_call/first_call.html"


@access(*STAFF - {Role.IT})
@require_safe
def show(request: HttpRequest, client_id: int) -> HttpResponse:
    return render_page(request, PAGE, call_page(request.user, client_id))


@access(Role.AM, Role.HEAD, Role.DIRECTOR)
@require_POST
def act(request: HttpRequest, client_id: int, act: str) -> HttpResponse:
    """Do one of `ACTS`; what is refused stands on the page beside what was typed."""
    chosen = act_of(act)
    problem = attempt(lambda: chosen.do(request.user, client_id, request.POST))
    if problem is None:
        return done(request, chosen.words, to=reverse("first_call", args=[client_id]))
    page = call_page(request.user, client_id, problem=problem, act=act, typed=request.POST)
    return render_page(request, PAGE, page, status=status_of(problem))
