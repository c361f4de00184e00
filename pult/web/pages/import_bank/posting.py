"""Posting a statement: a short one in the request, a long one by the worker."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.integrations.intake import open_bank, take_bank
from pult.integrations.intake.jobs import BANK
from pult.kernel import files, jobs, repeats
from pult.kernel.errors import Refusal
from pult.kernel.models import StoredFile
from pult.money.actions.statements import StatementResult
from pult.money.queries import CutOff
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
    ours = [*accounts, *filter(None, [account])]
    if drop.size > LONG:
        return _by_the_worker(request, drop.sha256, drop.name, ours, account)
    repeats.claim_now()
    results: list[StatementResult] = []
    problem = attempt(
        lambda: results.append(
            take_bank(
                open_bank(drop.data, drop.name, account=account),
                by=request.user,
                accounts=ours,
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


def go_on_with(request: HttpRequest, file: CutOff) -> HttpResponse:
    """Take the rest of a statement in from the bytes that are kept; Refusal where none are."""
    stored = StoredFile.objects.filter(sha256=file.sha256).first()
    if stored is None or not files.path_of(stored).exists():
        raise Refusal(
            _("This file is not kept here: it was taken in at the command line, or removed since"),
            cure=_("Drop the file again: it goes on"),
        )
    return _by_the_worker(request, file.sha256, file.name, [], file.account)


def _by_the_worker(
    request: HttpRequest, sha256: str, name: str, accounts: list[str], account: str
) -> HttpResponse:
    job = jobs.enqueue(
        BANK,
        key=f"{BANK}:{sha256}",
        asked_by=request.user,
        sha256=sha256,
        file_name=name,
        by=request.user.pk,
        accounts=accounts,
        account=account,
    )
    return see_other(reverse("import_job", args=[job.pk]))
