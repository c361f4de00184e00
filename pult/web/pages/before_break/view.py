"""Before the break, and who is on duty in it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.people.actions import set_duties
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.choices import tell_unknown
from pult.web.pages.before_break.page import before_break_page, duties_of

PAGE = "before_break/before_break.html"


@access(Role.AM, Role.HEAD, Role.DIRECTOR)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    tell_unknown(request, whole=("1",))
    page = before_break_page(request.user, whole=request.GET.get("whole") == "1")
    return render_page(request, PAGE, page)


@access(Role.HEAD, Role.DIRECTOR)
@require_POST
def duty(request: HttpRequest) -> HttpResponse:
    problem = attempt(lambda: set_duties(duties=duties_of(request.POST), by=request.user))
    if problem is None:
        return done(request, _("The duty is set."), to=reverse("before_break"))
    page = before_break_page(request.user, problem)
    return render_page(request, PAGE, page, status=status_of(problem))
