"""What a manager is good at: the head ticks categories on the person's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pult.kernel.access import access
from pult.people.actions import set_strengths
from pult.people.actions.strengths import NAMERS
from pult.people.models import Strength, User
from pult.people.queries import strengths_of
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of


@access(*NAMERS)
@require_POST
def strengths(request: HttpRequest, person_id: int) -> HttpResponse:
    """These categories and no others."""
    from pult.web.pages.people.page import person_of, person_page

    user, kinds = person_of(person_id), request.POST.getlist("strength")
    problem = attempt(lambda: set_strengths(user=user, kinds=kinds, by=request.user))
    if problem is None:
        return done(request, _("Noted"), to=reverse("person", args=[person_id]))
    page = person_page(request.user, person_id, sent=request.POST, problem=problem)
    return render_page(request, "people/person.html", page, status=status_of(problem))


def strengths_panel(reader: User, user: User) -> tuple[tuple[str, Any, bool], ...]:
    """(code, words, whether it is noted) for those who may say so. One query."""
    if reader.roles.isdisjoint(NAMERS):
        return ()
    known = strengths_of(user)
    return tuple((code, label, code in known) for code, label in Strength.Kind.choices)
