"""A payment typed by hand: the way out for a row of a statement that could not be read."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pult.integrations.by_hand import enter_payment
from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.payment_by_hand.page import form_page, landing, source_of, typed


@access(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    problem, files = None, []
    source = source_of(request.user, request.GET)
    if request.method == "POST":
        problem = attempt(
            lambda: files.append(
                enter_payment(
                    by=request.user,
                    payment=typed(request.POST),
                    statement_id=source.statement_id,
                    line=source.line,
                )
            )
        )
        if problem is None:
            to = landing(request.user, files[0], source)
            return done(request, _("The payment is entered."), to=to)
    page = form_page(request.POST, source, problem)
    return render_page(request, "payment_by_hand/new.html", page, status=status_of(problem))
