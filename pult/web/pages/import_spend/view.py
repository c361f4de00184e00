"""A dropped export of ad spend: its columns and VAT confirmed, taken in; campaigns of nobody."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.ui.render import render_page
from pult.web import drops
from pult.web.answers import attempt, done, see_other, status_of
from pult.web.pages.import_spend import page as pages
from pult.web.pages.import_spend.taking import take, tie

ROLES = (Role.AM, Role.EXECUTOR, Role.IT, Role.ACCOUNTANT, Role.HEAD, Role.DIRECTOR)


@access(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, sha256: str) -> HttpResponse:
    drop = drops.dropped(request, sha256)
    problem = None
    if request.method == "POST":
        answers: list[HttpResponse] = []
        problem = attempt(lambda: answers.append(take(request, drop)))
        if problem is None:
            return answers[0]
    page = pages.preview_page(request.user, drop, problem)
    status = 200 if page.must_choose else status_of(page.problem)
    return render_page(request, "import_spend/preview.html", page, status=status)


@access(*ROLES)
@require_POST
def columns(request: HttpRequest, sha256: str) -> HttpResponse:
    drop = drops.dropped(request, sha256)
    problem = attempt(lambda: pages.confirm_columns(request.user, drop, request.POST))
    if problem is None:
        return see_other(reverse("import_spend", args=[sha256]))
    page = pages.preview_page(request.user, drop, problem)
    return render_page(request, "import_spend/preview.html", page, status=422)


@access(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def campaigns(request: HttpRequest) -> HttpResponse:
    problem = None
    if request.method == "POST":
        problem = attempt(lambda: tie(request.user, request.POST))
        if problem is None:
            words = _("Tied: past and future spend of the campaign belongs to the line.")
            return done(request, words, to=reverse("campaigns"))
    page = pages.campaigns_page(request.user, problem)
    return render_page(request, "import_spend/campaigns.html", page, status=status_of(problem))
