"""From the forms of a move-in to its plan, and from the plan to the import."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pult.clients.logic.movein import Decision
from pult.integrations.intake import open_clients
from pult.integrations.intake.jobs import CLIENTS
from pult.kernel import jobs
from pult.kernel.words import id_of
from pult.people.queries import business_day
from pult.web import drops
from pult.web.answers import see_other
from pult.web.drops import Drop
from pult.web.fields import day_or_none, not_offered

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


def keep_plan(request: HttpRequest, drop: Drop, offered: Mapping[str, Collection[str]]) -> None:
    """Remember days and decisions of the form; an empty one is asked for again.

    `offered` are the answers to each question by the plan's key; raises BadInput for any other,
    and for a day that is none.
    """
    answers: dict[str, Decision | None] = {}
    for number, key in enumerate(request.POST.getlist("key")):
        answer = request.POST.get(f"{ANSWER}{number}", "")
        if answer not in offered.get(key, ()):
            raise not_offered("decision")
        answers[key] = id_of(answer) or answer or None
    decided = drop.options.get("decisions", {}) | answers
    drops.say(
        request,
        drop.sha256,
        go_live=_iso(day_or_none(request.POST, "go_live")),
        balance_day=_iso(day_or_none(request.POST, "balance_day")),
        decisions={key: answer for key, answer in decided.items() if answer is not None},
    )


def start(request: HttpRequest, drop: Drop) -> HttpResponse:
    """Ask the worker to bring in what the dry run shows; a file asked for twice is one import.

    Raises what the dry run raises for a table that cannot be read.
    """
    go_live, balance_day = days_of(drop)
    open_clients(drop.data, drop.name, mapping=drop.options.get("columns"))
    job = jobs.enqueue(
        CLIENTS,
        key=f"{CLIENTS}:{drop.sha256}",
        asked_by=request.user,
        sha256=drop.sha256,
        file_name=drop.name,
        by=request.user.pk,
        columns=drop.options.get("columns"),
        go_live=go_live.isoformat(),
        balance_day=balance_day.isoformat(),
        decisions=decisions_of(drop),
    )
    return see_other(reverse("import_job", args=[job.pk]))


def go_on(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Ask the worker to go on with a batch whose import was cut off."""
    job = jobs.enqueue(
        CLIENTS, key=f"{CLIENTS}:batch:{batch_id}", asked_by=request.user, batch=batch_id
    )
    return see_other(reverse("import_job", args=[job.pk]))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
