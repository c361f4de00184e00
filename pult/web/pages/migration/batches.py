"""Batches: files dropped and explained, dry runs looked at, brought in, taken back."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pult.integrations.migration.actions.deciding import want_late
from pult.integrations.migration.actions.looking import answer
from pult.integrations.migration.actions.reading_files import open_file, start_file
from pult.integrations.migration.actions.sources import source_of
from pult.integrations.migration.jobs import BRING, READ_FILE, UNDO
from pult.integrations.migration.queries import BatchCard, batch_card
from pult.integrations.migration.tables import KINDS as TABLES
from pult.integrations.migration.tables import TITLES
from pult.integrations.migration.words import KINDS
from pult.kernel import jobs
from pult.kernel.access import access
from pult.kernel.errors import PultError
from pult.kernel.models import Job
from pult.kernel.words import id_of
from pult.ui.render import render_page
from pult.web import drops
from pult.web.answers import attempt, done, see_other, status_of
from pult.web.columns import ColumnChoice, chosen_columns, column_choices
from pult.web.fields import not_offered
from pult.web.pages.import_clients.page import WHY
from pult.web.pages.migration.view import FORM, ROLES
from pult.web.pages.migration.words import TABLE_FIELDS

ANSWER = "decision_"


@dataclass(frozen=True)
class QuestionRow:
    key: str
    name: str
    field: str
    like: str
    options: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True)
class BatchPage:
    card: BatchCard
    questions: tuple[QuestionRow, ...]
    problem: PultError | None = None


@dataclass(frozen=True)
class ColumnsPage:
    """How a dropped export is read: its kind, its columns, and titles nobody reads."""

    source_id: int
    name: str
    kind: str
    kinds: tuple[tuple[str, str], ...]
    columns: tuple[ColumnChoice, ...]
    unread: tuple[str, ...]
    problem: PultError | None = None


@access(*ROLES)
@require_POST
def drop(request: HttpRequest, source_id: int) -> HttpResponse:
    source_of(source_id)
    kept = drops.keep(request)
    kind = request.POST.get("kind", "")
    drops.say(request, kept.sha256, kind=kind if kind in TABLES else None)
    return see_other(reverse("migration_columns", args=[source_id, kept.sha256]))


@access(*ROLES)
@FORM
def columns(request: HttpRequest, source_id: int, sha256: str) -> HttpResponse:
    """What each column is; POST has the worker read the file so, now and from now on."""
    source, kept = source_of(source_id), drops.dropped(request, sha256)
    kind = request.POST.get("kind") or kept.options.get("kind", "")
    problem = None
    if request.method == "POST":
        made: list[Job] = []
        problem = attempt(lambda: made.append(_take(request, source, kept, kind)))
        if problem is None:
            return see_other(reverse("import_job", args=[made[0].pk]))
    export = open_file(source, kept.data, kept.name, kind=kind if kind in TABLES else "")
    page = ColumnsPage(
        source_id=source_id,
        name=kept.name,
        kind=export.kind,
        kinds=tuple((one, str(KINDS[one])) for one in TABLES),
        columns=column_choices(_labels(export.kind), export.table, export.mapping),
        unread=tuple(export.unread),
        problem=problem,
    )
    return render_page(request, "migration/columns.html", page, status=status_of(problem))


def _take(request: HttpRequest, source: Any, kept: drops.Drop, kind: str) -> Job:
    if kind not in TABLES:
        raise not_offered("kind")
    table = open_file(source, kept.data, kept.name, kind=kind).table
    chosen = chosen_columns(_labels(kind), table, request.POST)
    batch, export = start_file(
        by=request.user,
        source_id=source.pk,
        data=kept.data,
        name=kept.name,
        kind=kind,
        mapping=chosen or None,
    )
    return jobs.enqueue(
        READ_FILE,
        key=f"{READ_FILE}:{batch.pk}",
        asked_by=request.user,
        batch=batch.pk,
        sha256=kept.sha256,
        kind=export.kind,
        mapping=export.mapping,
    )


@access(*ROLES)
@FORM
def show(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The dry run and the outcome; POST keeps the answers and brings the batch in."""
    card = batch_card(request.user, batch_id)
    problem = None
    if request.method == "POST":
        problem = attempt(lambda: _keep_answers(request, card))
        if problem is None and "bring" not in request.POST:
            return see_other(reverse("migration_batch", args=[batch_id]))
        if problem is None:
            return _ask(request, BRING, batch_id)
    page = BatchPage(card, _questions(card), problem)
    return render_page(request, "migration/batch.html", page, status=status_of(problem))


@access(*ROLES)
@require_POST
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    batch_card(request.user, batch_id)
    return _ask(request, UNDO, batch_id)


@access(*ROLES)
@require_POST
def late(request: HttpRequest, item_id: int) -> HttpResponse:
    wanted = request.POST.get("wanted") == "1"
    want_late(by=request.user, item_id=item_id, wanted=wanted)
    words = _("It comes with the next batch.") if wanted else _("It stays there.")
    return done(request, words, to=reverse("migration"))


def _ask(request: HttpRequest, name: str, batch_id: int) -> HttpResponse:
    job = jobs.enqueue(
        name,
        key=f"{name}:{batch_id}",
        asked_by=request.user,
        batch=batch_id,
        by=request.user.pk,
    )
    return see_other(reverse("import_job", args=[job.pk]))


def _keep_answers(request: HttpRequest, card: BatchCard) -> None:
    answers: dict[str, Any] = {}
    offered = {one.key: {code for code, _label in _options(one)} for one in card.questions}
    for number, key in enumerate(request.POST.getlist("key")):
        value = request.POST.get(f"{ANSWER}{number}", "")
        if value not in offered.get(key, ()):
            raise not_offered("decision")
        answers[key] = id_of(value) or value
    answer(by=request.user, batch_id=card.line.id, answers=answers)


def _questions(card: BatchCard) -> tuple[QuestionRow, ...]:
    return tuple(
        QuestionRow(
            key=one.key,
            name=one.name,
            field=f"{ANSWER}{number}",
            like="; ".join(f"{name} ({WHY.get(why, why)})" for _pk, name, why in one.matches),
            options=_options(one),
            value=one.answer,
        )
        for number, one in enumerate(card.questions)
    )


def _options(one: Any) -> tuple[tuple[str, str], ...]:
    matches = ((str(pk), _("it is %(name)s") % {"name": name}) for pk, name, _why in one.matches)
    return (
        ("", _("decide later: leave out")),
        *matches,
        ("create", _("another client: make it")),
        ("skip", _("leave out")),
    )


def _labels(kind: str) -> dict[str, Any]:
    return {field: TABLE_FIELDS[field] for field in TITLES[kind]}
