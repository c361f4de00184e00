"""What the agency knows: the list, its file, an entry, the form of one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.knowledge.actions import KEEPERS, confirm_entry, shelve_entry
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import day_of, one_of
from pult.web.pages.knowledge.form import entry_as_sent, form_page
from pult.web.pages.knowledge.page import entry_page, knowledge_file, knowledge_page
from pult.web.pages.task.acts import version_in
from pult.web.tables import TYPES

FORM = require_http_methods(["GET", "HEAD", "POST"])


@access(*STAFF)
@require_safe
def knowledge(request: HttpRequest) -> HttpResponse:
    page = knowledge_page(request.user, request.GET)
    return render_page(request, "knowledge/knowledge.html", page)


@access(*STAFF)
@require_safe
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """The filtered list whole, as a CSV or XLSX file."""
    if kind not in TYPES:
        raise Http404
    return knowledge_file(request.user, request.GET, kind)


@access(*STAFF)
@require_safe
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    page = entry_page(request.user, entry_id, request.GET)
    return render_page(request, "knowledge/entry.html", page)


@access(*KEEPERS)
@FORM
def entry_new(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@access(*STAFF)
@FORM
def entry_edit(request: HttpRequest, entry_id: int) -> HttpResponse:
    """For heads, and for whoever keeps the entry."""
    return _form(request, entry_id)


@access(*STAFF)
@require_POST
def confirmation(request: HttpRequest, entry_id: int) -> HttpResponse:
    """It is still so."""

    def confirm() -> None:
        version, check_by = version_in(request.POST) or 0, day_of(request.POST, "check_by")
        confirm_entry(by=request.user, entry_id=entry_id, version=version, check_by=check_by)

    return _answer(request, entry_id, confirm, _("The entry is checked"))


@access(*KEEPERS)
@require_POST
def shelf(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Put an entry away, or bring it back."""

    def shelve() -> None:
        away = one_of(request.POST, "away", ("yes", "no")) == "yes"
        shelve_entry(by=request.user, entry_id=entry_id, away=away)

    return _answer(request, entry_id, shelve, _("Noted"))


def _answer(request: HttpRequest, entry_id: int, act: Any, words: str) -> HttpResponse:
    problem = attempt(act)
    if problem is None:
        return done(request, words, to=reverse("entry", args=[entry_id]))
    page = entry_page(request.user, entry_id, request.GET, problem=problem)
    return render_page(request, "knowledge/entry.html", page, status=status_of(problem))


def _form(request: HttpRequest, entry_id: int | None) -> HttpResponse:
    problem, kept = None, []
    if request.method == "POST":
        problem = attempt(lambda: kept.append(entry_as_sent(request.user, entry_id, request.POST)))
        if problem is None:
            here = reverse("entry", args=[kept[0].pk])
            return done(request, _("The entry is written down"), to=here)
    page = form_page(request.user, entry_id, sent=request.POST, problem=problem)
    return render_page(request, "knowledge/form.html", page, status=status_of(problem))
