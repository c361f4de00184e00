"""Figures that people feel: acts and pages."""

import gc
import random
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

from pult.console.bench.figure import Figure, p50_p95, skipped

READERS = (("am", "am"), ("head", "head"))
PAGES = (
    "my_day",
    "clients",
    "client",
    "client_money",
    "client_lines",
    "client_contacts",
    "client_obligations",
    "client_timeline",
    "regulation",
    "before_break",
    "escalations",
    "invoice_requests",
    "settlement",
    "imports",
    "calendar",
    "health",
    "people",
    "obligation_why",
    "tasks",
    "task",
    "task_board",
    "task_calendar",
    "task_load",
    "projects",
    "client_tasks",
)
HAVE_A_QUERY = {"tasks": "?view=all", "task_board": "?view=all", "task_calendar": "?view=all"}


def acts(quick: bool) -> Iterator[Figure]:
    """A contact logged by its manager: the row of the ledger is true when the action returns."""
    from pult.comms.actions import log_contact

    samples, busy = [], []
    gc.collect()
    gc.freeze()  # as the processes that serve pages do
    for client, manager in clients_with_managers(20 if quick else 220):
        began, worked = time.perf_counter(), time.process_time()
        log_contact(by=manager, client_id=client, channel="call", outcome="two_way")
        samples.append(time.perf_counter() - began)
        busy.append(time.process_time() - worked)
    warm = 2 if quick else 20
    p50, p95 = p50_p95(samples[warm:])
    goal = 10 if _vendor() == "sqlite" else 15
    load = f"{len(samples) - warm} contacts of random clients, {_vendor()}"
    yield Figure("fact_to_ledger_p50", p50, "ms", load)
    yield Figure("fact_to_ledger_p95", p95, "ms", load, goal)
    yield Figure("fact_to_ledger_cpu_p95", p50_p95(busy[warm:])[1], "ms", "processor time of it")
    yield from no_drift("drift_after_acts")


def pages(quick: bool) -> Iterator[Figure]:
    """Server time and queries of the main pages, as their readers open them."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import NoReverseMatch

    from pult.console.serving import prepare_static

    prepare_static()
    times = 3 if quick else 15
    for title, role in READERS:
        reader, clients = reader_of(role, times)
        browser = Client(HTTP_HOST="localhost")
        browser.force_login(reader)
        for page in PAGES:
            name = f"page_{page}_{title}"
            try:
                addresses = [_address(page, pk) for pk in clients]
            except (NoReverseMatch, LookupError):
                yield skipped(name, "ms", "there is no such page, or nothing to show on it")
                continue
            status = browser.get(addresses[0]).status_code
            if status != 200:
                yield skipped(name, "ms", f"answers {status} to {role}")
                continue
            samples = []
            for address in addresses:
                began = time.perf_counter()
                answer = browser.get(address)
                samples.append(time.perf_counter() - began)
            with CaptureQueriesContext(connection) as asked:
                browser.get(addresses[-1])
            p50, p95 = p50_p95(samples)
            size = f"{len(answer.content) // 1024} KB, {_agency()}"
            yield Figure(f"{name}_p50", p50, "ms", size, 25)
            yield Figure(f"{name}_p95", p95, "ms", size, 60)
            yield Figure(f"{name}_queries", len(asked), "queries", size, 15)


def clients_with_managers(count: int) -> list[tuple[int, Any]]:
    from pult.clients.access import holders
    from pult.people.models import User

    held = sorted(holders("am").items())
    chosen = random.Random(1).sample(held, min(count, len(held)))
    people = User.objects.in_bulk({manager for _client, manager in chosen})
    return [(client, people[manager]) for client, manager in chosen]


def reader_of(role: str, count: int) -> tuple[Any, list[int]]:
    """A person of the role, and clients they may open."""
    from pult.clients.access import clients_of
    from pult.people.queries import first_holders

    reader = first_holders()[role]
    seen = list(clients_of(reader).order_by("pk").values_list("pk", flat=True)[:2000])
    return reader, random.Random(2).choices(seen, k=count)


def _address(page: str, client: int) -> str:
    from django.urls import reverse

    return reverse(page, args=_arguments(page, client)) + HAVE_A_QUERY.get(page, "")


def _arguments(page: str, client: int) -> list[int]:
    from pult.regulation.models import Obligation
    from pult.work.models import Task

    if page == "task":
        task = Task.objects.filter(client=client).order_by("pk").last()
        if task is None:
            raise LookupError
        return [task.pk]

    if page == "obligation_why":
        found = Obligation.objects.filter(root_id=client).values_list("pk", flat=True).first()
        if found is None:
            raise LookupError
        return [found]
    return [client] if page.startswith("client") and page != "clients" else []


def _agency() -> str:
    from pult.kernel.models import Fact
    from pult.regulation.models import Obligation, Timer

    facts = Fact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = Obligation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    clients = Timer.objects.values("root_id").distinct().count()
    return f"{clients} clients, {rows} obligations, {facts} facts"


def no_drift(name: str) -> Iterator[Figure]:
    """Rows that a full sweep would still mend once everything marked has been evaluated."""
    from pult.regulation.sweep import sweep
    from pult.regulation.timers import drain_everywhere
    from pult.regulation.worker import turn

    drain_everywhere(partial(sweep, polite=False))
    while turn():
        pass
    report = sweep(polite=False)
    yield Figure(name, report.drift, "rows", f"{report.rows} rows; {report.lag} not yet due", 0)


def _vendor() -> str:
    from django.db import connection

    return connection.vendor
