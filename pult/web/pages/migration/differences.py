"""Differences: take theirs, keep ours, ask later. Whoever conducts the client decides."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pult.integrations.migration.actions.deciding import DECIDERS, decide
from pult.integrations.migration.queries import DifferenceItem, difference_items
from pult.integrations.migration.queries.differences import PAGE
from pult.kernel.access import access
from pult.kernel.words import id_of
from pult.ui.parts import Tab
from pult.ui.render import render_page
from pult.web.answers import done

WORDS = {
    "theirs": gettext_lazy("Theirs is taken."),
    "ours": gettext_lazy("Ours stays."),
    "later": gettext_lazy("It is asked again in a week."),
}


@dataclass(frozen=True)
class DifferencesPage:
    rows: tuple[DifferenceItem, ...]
    total: int
    number: int
    pages: int
    tabs: tuple[Tab, ...]


@access(*DECIDERS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    later = request.GET.get("state") == "later"
    number = max(id_of(request.GET.get("page", "")) or 1, 1)
    rows, total = difference_items(request.user, later=later, page=number)
    page = DifferencesPage(
        rows=rows,
        total=total,
        number=number,
        pages=max(-(-total // PAGE), 1),
        tabs=(
            Tab(_("To be decided"), "?state=open", not later),
            Tab(_("Asked about later"), "?state=later", later),
        ),
    )
    return render_page(request, "migration/differences.html", page)


@access(*DECIDERS)
@require_POST
def answer(request: HttpRequest, difference_id: int) -> HttpResponse:
    decision, mark = request.POST.get("decision", ""), request.POST.get("mark", "")
    decide(by=request.user, difference_id=difference_id, decision=decision, mark=mark)
    return done(request, WORDS[decision], to=reverse("differences"))
