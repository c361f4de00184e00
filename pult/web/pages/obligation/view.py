"""What can be done to a row: each verb is a noun to POST to; every form is a page of its own."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pult.kernel.access import access
from pult.kernel.errors import PultError
from pult.kernel.roles import STAFF
from pult.kernel.words import id_of
from pult.money.actions.reminders import remind_of_payments
from pult.money.actions.top_ups import TOPPERS, top_up_account, void_top_ups
from pult.money.models import TopUp
from pult.regulation.actions import mark_useless
from pult.regulation.whole_acts import bring_act_back, dispute_rows, postpone_act, waive_rows
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import day_of, one_of
from pult.web.obligations import acting_as, obligation_for
from pult.web.pages.obligation.page import (
    ALONE,
    RowForm,
    dispute_form,
    postpone_form,
    reminder_form,
    target_of,
    waive_form,
    waiving_role,
)
from pult.web.pages.obligation.topping import subject_of, sums_of, topup_form, with_problem
from pult.web.pages.obligation.why_page import why_page

ACT = "obligation/act.html"
form_view = require_http_methods(["GET", "HEAD", "POST"])


@access(*STAFF)
@require_safe
def why(request: HttpRequest, obligation_id: int) -> HttpResponse:
    return render_page(request, "obligation/why.html", why_page(request.user, obligation_id))


@access(*STAFF)
@form_view
def postponement(request: HttpRequest, obligation_id: int) -> HttpResponse:
    page, given = postpone_form(request, obligation_id), request.POST
    if request.method != "POST":
        return render_page(request, ACT, page)
    problem = attempt(
        lambda: postpone_act(
            obligation_id=obligation_id,
            until=day_of(given, "until"),
            reason=given.get("reason", ""),
            by=request.user,
            role=page.role,
        )
    )
    undo = reverse("postponement_undo", args=[obligation_id])
    return _answer(request, page, problem, _("Put off."), undo)


@access(*STAFF)
@require_POST
def postponement_undo(request: HttpRequest, obligation_id: int) -> HttpResponse:
    acting_as(request.user, obligation_for(request.user, obligation_id))
    bring_act_back(obligation_id=obligation_id, by=request.user)
    return done(request, _("The row is in the day again."), to=reverse("my_day"))


@access(*STAFF)
@form_view
def dispute_row(request: HttpRequest, obligation_id: int) -> HttpResponse:
    page, given = dispute_form(request, obligation_id), request.POST
    if request.method != "POST":
        return render_page(request, ACT, page)
    problem = attempt(
        lambda: dispute_rows(
            obligation_ids=[row.id for row in page.chosen(given)],
            every_deadline=not given.get("row", "").endswith(ALONE),
            proof=given.get("proof", ""),
            by=request.user,
            role=page.role,
        )
    )
    return _answer(request, page, problem, _("Disputed. The head will decide; nothing counts."))


@access(*STAFF)
@require_POST
def uselessness(request: HttpRequest, obligation_id: int) -> HttpResponse:
    row = obligation_for(request.user, obligation_id)
    role = acting_as(request.user, row)
    mark_useless(obligation_id=obligation_id, by=request.user, role=role)
    return done(request, _("Noted: the head sees how often a clause is of no use."), to="/")


@access(*STAFF)
@form_view
def waiver(request: HttpRequest, obligation_id: int) -> HttpResponse:
    page, given = waive_form(request, obligation_id), request.POST
    if request.method != "POST":
        return render_page(request, ACT, page)
    problem = attempt(
        lambda: waive_rows(
            targets=[
                (
                    target_of(row, one_of(given, "scope", dict(page.scopes), "row")),
                    waiving_role(request.user, row),
                )
                for row in page.chosen(given)
            ],
            until=day_of(given, "until"),
            reason=given.get("reason", ""),
            by=request.user,
        )
    )
    return _answer(request, page, problem, _("The exception is made."))


@access("am", "head", "accountant", "director")
@form_view
def reminder(request: HttpRequest, obligation_id: int) -> HttpResponse:
    page, given = reminder_form(request, obligation_id), request.POST
    subject_of(page.row, "invoice")
    if request.method != "POST":
        return render_page(request, ACT, page)
    problem = attempt(
        lambda: remind_of_payments(
            by=request.user,
            invoice_ids=page.reminded(given),
            channel=given.get("channel", ""),
        )
    )
    return _answer(request, page, problem, _("The reminder is noted."))


@access(*TOPPERS)
@form_view
def topup(request: HttpRequest, obligation_id: int) -> HttpResponse:
    page = topup_form(request, obligation_id)
    if request.method != "POST":
        return render_page(request, ACT, page)
    logged: list[TopUp] = []
    problem = attempt(lambda: logged.extend(_top_up(request, page)))
    return _answer(request, page, problem, _("The top-up is noted."), _removal(logged))


def _top_up(request: HttpRequest, page: RowForm) -> list[TopUp]:
    given = request.POST
    return top_up_account(
        by=request.user,
        sums=sums_of(page, given),
        on=day_of(given, "on"),
        reason=given.get("reason", ""),
    )


def _removal(logged: Sequence[TopUp]) -> str:
    """Where the top-ups of one act are taken back together."""
    if not logged:
        return ""
    first, *others = logged
    also = urlencode([("also", row.pk) for row in others])
    return reverse("top_up_removal", args=[first.pk]) + (also and f"?{also}")


@access(*TOPPERS)
@require_POST
def topup_removal(request: HttpRequest, top_up_id: int) -> HttpResponse:
    others = [pk for text in request.GET.getlist("also") if (pk := id_of(text))]
    void_top_ups(by=request.user, top_up_ids={top_up_id, *others})
    return done(request, _("The top-up is taken back."), to=reverse("my_day"))


def _answer(
    request: HttpRequest, page: RowForm, problem: PultError | None, words: str, undo: str = ""
) -> HttpResponse:
    if problem is None:
        return done(request, words, to=page.back, undo=undo)
    return render_page(request, ACT, with_problem(page, problem), status=status_of(problem))
