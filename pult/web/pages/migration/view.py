"""Former systems: connected, read, followed, cut over."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pult.integrations.migration.actions import sources as acts
from pult.integrations.migration.actions.reading import start_reading
from pult.integrations.migration.jobs import READ
from pult.integrations.migration.models import Source
from pult.integrations.migration.pace import minutes_of
from pult.integrations.migration.queries import (
    BatchLine,
    SourceCard,
    SourceItem,
    batch_lines,
    open_differences,
    source_card,
    source_items,
)
from pult.integrations.migration.tables import KINDS as TABLES
from pult.integrations.migration.words import KINDS
from pult.kernel import jobs
from pult.kernel.access import access
from pult.kernel.errors import BadInput
from pult.kernel.roles import Role
from pult.kernel.words import id_of
from pult.ui.render import render_page
from pult.web.answers import done, see_other
from pult.web.fields import day_of
from pult.web.pages.client.asking import answer_form
from pult.web.pages.migration.forms import SourceForm

ROLES = (Role.HEAD, Role.DIRECTOR)
FORM = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class SourcesPage:
    """The systems there are, those that may be connected (address of the form, name), and how many
    differences wait for this person."""

    sources: tuple[SourceItem, ...]
    differences: int
    offers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SourcePage:
    """One system; `kinds` are the tables its files may hold."""

    card: SourceCard
    batches: tuple[BatchLine, ...]
    kinds: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str], ...]


@access(*ROLES)
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    form = reverse("migration_new")
    page = SourcesPage(
        source_items(request.user),
        open_differences(request.user),
        tuple((f"{form}?system={code}", str(name)) for code, name in Source.System.choices),
    )
    return render_page(request, "migration/migration.html", page)


@access(*ROLES)
@require_safe
def source(request: HttpRequest, source_id: int) -> HttpResponse:
    card = source_card(request.user, source_id)
    page = SourcePage(
        card=card,
        batches=batch_lines(request.user, source_id),
        kinds=(("", _("by its columns")), *((kind, str(KINDS[kind])) for kind in TABLES)),
        teams=tuple((str(team.id), team.name) for team in card.teams),
    )
    return render_page(request, "migration/source.html", page)


@access(*ROLES)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    return answer_form(
        request,
        SourceForm(request.POST or None, system=request.GET.get("system", "")),
        lambda data: acts.add_source(by=request.user, **data),
        title=_("Connect another system"),
        note=_("It is only read. Its key is kept encrypted and goes to its own address alone."),
        client_id=None,
        back=reverse("migration"),
    )


@access(*ROLES)
@FORM
def edit(request: HttpRequest, source_id: int) -> HttpResponse:
    row = acts.source_of(source_id)
    names = ("version", "system", "name", "address", "go_live", "minutes", "zone")
    initial: dict[str, Any] = {name: getattr(row, name) for name in names}
    return answer_form(
        request,
        SourceForm(request.POST or None, initial=initial),
        lambda data: acts.edit_source(by=request.user, source_id=source_id, **data),
        title=row.name,
        note=Source.System(row.system).label,
        client_id=None,
        back=reverse("migration_source", args=[source_id]),
    )


@access(*ROLES)
@require_POST
def read(request: HttpRequest, source_id: int) -> HttpResponse:
    """Ask the worker to read the system; one that is being read already says so."""
    batch = start_reading(by=request.user, source_id=source_id)
    job = jobs.enqueue(READ, key=f"{READ}:{batch.pk}", asked_by=request.user, batch=batch.pk)
    return see_other(reverse("import_job", args=[job.pk]))


@access(*ROLES)
@require_POST
def follow(request: HttpRequest, source_id: int) -> HttpResponse:
    on = request.POST.get("on") == "1"
    row = acts.follow(by=request.user, source_id=source_id, on=on)
    n = minutes_of(row)
    often = ngettext("It is read every %(n)d minute.", "It is read every %(n)d minutes.", n)
    words = often % {"n": n} if on else _("It is not followed any more.")
    return done(request, words, to=reverse("migration_source", args=[source_id]))


@access(*ROLES)
@require_POST
def forget(request: HttpRequest, source_id: int) -> HttpResponse:
    acts.forget_key(by=request.user, source_id=source_id)
    to = reverse("migration_source", args=[source_id])
    return done(request, _("The key is gone."), to=to)


@access(*ROLES)
@require_POST
def cut_over(request: HttpRequest, source_id: int) -> HttpResponse:
    team = id_of(request.POST.get("team", ""))
    if team is None:
        raise BadInput(_("Choose a team"), field="team")
    day = day_of(request.POST, "day")
    acts.cut_over(by=request.user, source_id=source_id, team_id=team, day=day)
    to = reverse("migration_source", args=[source_id])
    return done(request, _("The team's day is set."), to=to)
