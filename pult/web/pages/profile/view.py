"""One's own language, looks, keys and absences."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pult.kernel.access import access
from pult.people.actions import set_profile
from pult.ui.render import render_page
from pult.web.absences import note_absence
from pult.web.answers import attempt, done, status_of
from pult.web.pages.profile.page import changes_of, profile_page


@access()
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    problem = None
    if request.method == "POST":
        changes = changes_of(request.POST)
        problem = attempt(lambda: set_profile(user=request.user, by=request.user, **changes))
        if problem is None:
            translation.activate(request.user.language)
            return done(request, _("Saved"), to=reverse("profile"))
    page = profile_page(request.user, problem, request.POST)
    return render_page(request, "profile/profile.html", page, status=status_of(problem))


@access()
@require_POST
def absence(request: HttpRequest) -> HttpResponse:
    form = request.POST
    problem = attempt(lambda: note_absence(form, user=request.user, by=request.user))
    if problem is None:
        return done(request, _("Your absence is noted"), to=reverse("profile"))
    page = replace(profile_page(request.user), absence_problem=problem, absence=form)
    return render_page(request, "profile/profile.html", page, status=status_of(problem))
