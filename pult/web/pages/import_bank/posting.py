"""Posting a statement: a short one in the request, a long one by the worker."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.integrations.intake import open_bank, take_bank
from pult.integrations.intake.jobs import BANK
from pult.kernel import jobs
from pult.money.actions.statements import StatementResult
from pult.ui.render import render_page
from pult.web.answers import attempt, done, see_other, status_of
from pult.web.drops import Drop
from pult.web.pages.import_bank.page import preview_page

# About two thousand documents of a 1C statement.
LONG = 2_000_000


def post_statement(request: HttpRequest, drop: Drop) -> HttpResponse:
    """Bring the statement in and go to it; accounts ticked in the form are ours."""
    accounts = request.POST.getlist("own")[:50]
    account = drop.options.get("account", "")
    if drop.size > LONG:
        job = jobs.enqueue(
            BANK,
            key=f"{BANK}:{drop.sha256}",
            asked_by=request.user,
            sha256=drop.sha256,
            file_name=drop.name,
            by=request.user.pk,
            accounts=[*accounts, *filter(None, [account])],
            account=account,
        )
        return see_other(reverse("import_job", args=[job.pk]))
    results: list[StatementResult] = []
    problem = attempt(
        lambda: results.append(
            take_bank(
                open_bank(drop.data, drop.name, account=account),
                by=request.user,
                accounts=[*accounts, *filter(None, [account])],
            )
        )
    )
    if problem is not None:
        page = preview_page(drop, problem)
        return render_page(request, "import_bank/preview.html", page, status=status_of(problem))
    (result,) = results
    if result.file_id is None:
        words = _("Nothing in this file is new: every document is here already.")
        return done(request, words, to=reverse("imports"))
    count = result.summary["new"]
    words = ngettext("%(n)s document taken in.", "%(n)s documents taken in.", count) % {"n": count}
    return done(request, words, to=reverse("statement", args=[result.file_id]))
