"""From the forms of a move-in to its plan, and from the plan to the import."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.clients.actions import movein
from pult.clients.logic.movein import Decision
from pult.integrations.intake import open_clients, start_clients
from pult.integrations.intake.jobs import CLIENTS
from pult.kernel import jobs
from pult.kernel.errors import BadInput
from pult.people.queries import business_day
from pult.web import drops
from pult.web.answers import done, see_other
from pult.web.drops import Drop

# More clients than this are brought in by the worker.
AT_ONCE = 200
ANSWER = "decision_"


def days_of(drop: Drop) -> tuple[date, date]:
    """(first day of the regulation, day of the balances): as said, or today and yesterday."""
    said = drop.options
    live = date.fromisoformat(said["go_live"]) if "go_live" in said else business_day()
    if "balance_day" in said:
        return live, date.fromisoformat(said["balance_day"])
    return live, live - timedelta(days=1)


def decisions_of(drop: Drop) -> dict[str, Decision]:
    """Answers about possible doubles by the plan's key."""
    return dict(drop.options.get("decisions", {}))


def keep_plan(request: HttpRequest, drop: Drop) -> None:
    """Remember days and decisions of the form; raises BadInput for a day that is none."""
    keys = request.POST.getlist("key")
    answers: dict[str, Any] = {}
    for number, key in enumerate(keys):
        answer = request.POST.get(f"{ANSWER}{number}", "")
        if answer in ("create", "skip"):
            answers[key] = answer
        elif answer.isdecimal():
            answers[key] = int(answer)
    drops.say(
        request,
        drop.sha256,
        go_live=_day(request, "go_live"),
        balance_day=_day(request, "balance_day"),
        decisions=drop.options.get("decisions", {}) | answers,
    )


def start(request: HttpRequest, drop: Drop) -> HttpResponse:
    """Keep the plan as a batch and bring it in, at once or by the worker."""
    go_live, balance_day = days_of(drop)
    file = open_clients(drop.data, drop.name, mapping=drop.options.get("columns"))
    batch, preview = start_clients(
        file,
        by=request.user,
        go_live=go_live,
        balance_day=balance_day,
        decisions=decisions_of(drop),
    )
    count = preview.counts["create"] + preview.counts["update"]
    if count > AT_ONCE:
        job = jobs.enqueue(
            CLIENTS, key=f"{CLIENTS}:{batch.pk}", asked_by=request.user, batch=batch.pk
        )
        return see_other(reverse("import_job", args=[job.pk]))
    movein.run_import(batch_id=batch.pk)
    words = ngettext("%(n)s client moved in.", "%(n)s clients moved in.", count) % {"n": count}
    return done(request, words, to=reverse("import_batch", args=[batch.pk]))


def _day(request: HttpRequest, name: str) -> str | None:
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as wrong:
        raise BadInput(_("“%(text)s” is not a day") % {"text": text[:40]}, field=name) from wrong
