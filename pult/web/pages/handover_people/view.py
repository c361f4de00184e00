"""Everything of one person: to whom, begun in good time or moved at once."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.handover_people.acts import act_of
from pult.web.pages.handover_people.page import chosen_in, people_page

PAGE = "handover_people/handover_people.html"


@access(Role.HEAD, Role.DIRECTOR)
@require_safe
def show(request: HttpRequest, person_id: int) -> HttpResponse:
    """`clients` of the address are chosen for `to`, the rest stay."""
    return render_page(request, PAGE, people_page(person_id, typed=chosen_in(request.GET)))


@access(Role.HEAD, Role.DIRECTOR)
@require_POST
def act(request: HttpRequest, person_id: int, act: str) -> HttpResponse:
    """Do one of `ACTS`; what is refused stands on the page beside what was chosen."""
    chosen = act_of(act)
    problem = attempt(lambda: chosen.do(request.user, person_id, request.POST))
    if problem is None:
        return done(request, chosen.words, to=reverse("handover_person", args=[person_id]))
    page = people_page(person_id, problem=problem, typed=request.POST)
    return render_page(request, PAGE, page, status=status_of(problem))
