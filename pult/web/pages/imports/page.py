"""What the import hub shows, and where a dropped file goes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.integrations.intake import recognise
from pult.integrations.intake.jobs import BANK, CLIENTS, SPEND
from pult.integrations.migration import jobs as migration
from pult.kernel.errors import BadInput, NotVisible, PultError, Refusal
from pult.kernel.models import Job
from pult.kernel.roles import Role
from pult.money.queries import (
    OpenStatement,
    SpendFileItem,
    StatementItem,
    open_statements,
    reads_bank,
    spend_files,
    statement_files,
    untied_campaigns,
)
from pult.web import drops
from pult.web.pages.import_spend.words import PLATFORMS

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 15
PLATFORM_NAMES = dict(PLATFORMS)
# Purpose → who may bring such a file, the page it goes to.
DESTINATIONS: dict[str, tuple[frozenset[str], str]] = {
    "bank": (frozenset({Role.ACCOUNTANT}), "import_bank"),
    "spend": (
        frozenset({Role.AM, Role.EXECUTOR, Role.IT, Role.ACCOUNTANT, Role.HEAD, Role.DIRECTOR}),
        "import_spend",
    ),
    "clients": (frozenset({Role.HEAD, Role.DIRECTOR}), "import_clients_file"),
}
WORDS = {
    "bank": gettext_lazy("a bank statement"),
    "spend": gettext_lazy("an export of ad spend"),
    "clients": gettext_lazy("a table of clients"),
}
TITLES = {
    BANK: gettext_lazy("Taking the statement in"),
    SPEND: gettext_lazy("Taking the spend in"),
    CLIENTS: gettext_lazy("Moving the clients in"),
    migration.READ: gettext_lazy("Reading the other system"),
    migration.READ_FILE: gettext_lazy("Reading the file"),
    migration.BRING: gettext_lazy("Bringing in what was read"),
    migration.UNDO: gettext_lazy("Taking the batch back"),
}


@dataclass(frozen=True)
class SpendLine:
    """An import of spend, where its money went and the days it covers."""

    file: SpendFileItem
    platform: str
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True)
class HubPage:
    """`kinds` are the files this person may bring; the lists are the newest imports,
    `unfinished` those on their way in, which whoever `takes_bank` goes on with."""

    kinds: tuple[tuple[str, Any], ...]
    statements: tuple[StatementItem, ...]
    unfinished: tuple[OpenStatement, ...]
    spends: tuple[SpendLine, ...]
    untied: int
    can_move_in: bool
    can_decide: bool
    takes_bank: bool
    problem: PultError | None = None


@dataclass(frozen=True)
class JobPage:
    """A long import: `share` of it done (None: unknown), then where it led or why it failed."""

    title: str
    src: str
    running: bool
    share: float | None
    done: int
    total: int
    next: str
    error: str
    cure: str
    since: datetime


def hub_page(user: "User", problem: PultError | None = None) -> HubPage:
    return HubPage(
        kinds=tuple(
            (purpose, WORDS[purpose])
            for purpose, (roles, _url) in DESTINATIONS.items()
            if roles & user.roles
        ),
        statements=statement_files(user, SHOWN),
        unfinished=open_statements() if reads_bank(user) else (),
        spends=tuple(_spend(file) for file in spend_files(user, SHOWN)),
        untied=len(untied_campaigns(user)),
        takes_bank=bool(DESTINATIONS["bank"][0] & user.roles),
        can_decide=bool({Role.AM, Role.HEAD, Role.DIRECTOR} & user.roles),
        can_move_in=bool(DESTINATIONS["clients"][0] & user.roles),
        problem=problem,
    )


def _spend(file: SpendFileItem) -> SpendLine:
    first, last = file.summary.get("first_day"), file.summary.get("last_day")
    return SpendLine(
        file,
        str(PLATFORM_NAMES.get(file.source, file.source)),
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
    )


def destination(request: HttpRequest) -> str:
    """Keep the dropped file and say where it goes; `kind` of the form overrules the contents.

    Raises BadInput for what is no file Pult reads, Refusal when it is a colleague's to import.
    """
    drop = drops.keep(request)
    purpose = request.POST.get("kind", "") or recognise(drop.data, drop.name)
    if purpose not in DESTINATIONS:
        raise BadInput(
            _("What the file is has to be one of what is offered"),
            field="file",
            cure=_("Leave it “by its contents”: Pult finds out by itself"),
        )
    roles, url = DESTINATIONS[purpose]
    if not roles & request.user.roles:
        raise Refusal(
            _("This is %(what)s; your role does not take it in") % {"what": WORDS[purpose]},
            who=", ".join(str(Role(role).label) for role in Role.values if role in roles),
        )
    return reverse(url, args=[drop.sha256])


def job_page(user: "User", job_id: int) -> JobPage:
    """A job this person asked for (leaders see all); raises NotVisible otherwise."""
    job = Job.objects.filter(pk=job_id, name__in=TITLES).first()
    leads = {Role.HEAD, Role.DIRECTOR} & user.roles
    if job is None or not (leads or job.asked_by_id == user.pk):
        raise NotVisible(_("There is no such import"))
    result = job.result or {}
    running = job.state in (Job.State.QUEUED, Job.State.RUNNING)
    failed = job.state in (Job.State.FAILED, Job.State.CANCELLED)
    total = job.progress_total
    return JobPage(
        title=str(TITLES[job.name]),
        src=reverse("import_job", args=[job.pk]),
        running=running,
        share=min(job.progress_done / total, 1) if total else None,
        done=job.progress_done,
        total=total,
        next="" if running or failed or result.get("error") else _next(job.name, result),
        error=result.get("error", "") or (_("The import stopped") if failed else ""),
        cure=result.get("cure", "") or (_("Drop the file again: it goes on") if failed else ""),
        since=job.created_at,
    )


def _next(name: str, result: dict[str, Any]) -> str:
    if name == BANK:
        file = result.get("file")
        return reverse("statement", args=[file]) if file else reverse("imports")
    if name == SPEND:
        return reverse("campaigns") if result.get("unknown") else reverse("imports")
    page = "import_batch" if name == CLIENTS else "migration_batch"
    return reverse(page, args=[result["batch"]])
