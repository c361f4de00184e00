"""A person's save while the worker mends the ledger, and while large files come in."""

import subprocess
import time
from collections.abc import Iterator
from typing import Any

from pult.console.bench.figure import Figure, p50_p95
from pult.console.bench.files import bring, lay_spend, lay_statement
from pult.console.bench.people import clients_with_managers, no_drift

WRITE_EVERY = 0.05


def sweep(quick: bool) -> Iterator[Figure]:
    """Some rows are lost, and a polite sweep brings them back."""
    samples, _taken, told = _while_busy(["sweep"])
    yield from _writes("sweep", samples, f"a sweep writing rows, {told}")


def statement(quick: bool) -> Iterator[Figure]:
    """A statement that pays invoices of the agency; the ledger is true once it is in."""
    count = 200 if quick else 100_000
    yield from _file("statement", "bank", lay_statement(count), f"{count} documents", 20)
    yield from no_drift("drift_after_statement")


def spend(quick: bool) -> Iterator[Figure]:
    """Spend of every line of the agency, with the same check."""
    count = 2_000 if quick else 1_000_000
    yield from _file("spend", "spend", lay_spend(count), f"{count} rows of spend", 40)
    yield from no_drift("drift_after_spend")


def _file(name: str, job: str, path: str, load: str, goal: float) -> Iterator[Figure]:
    samples, taken, told = _while_busy([job, path])
    load = f"{load}, {told}"
    yield Figure(f"{name}_seconds", taken, "s", f"{load}, beside a save each 50 ms", goal)
    yield from _writes(name, samples, load)


def _writes(name: str, samples: list[float], load: str) -> Iterator[Figure]:
    if samples:
        p50, p95 = p50_p95(samples)
        yield Figure(f"write_beside_{name}_p50", p50, "ms", f"{len(samples)} saves, {load}")
        yield Figure(f"write_beside_{name}_p95", p95, "ms", f"{len(samples)} saves, {load}", 50)


def _while_busy(job: list[str]) -> tuple[list[float], float, str]:
    """Times of saves while a job of `files` works, the seconds it says it took, what it did."""
    from pult.console.serving import prepare_static

    prepare_static()
    saves = _saves()
    next(saves)  # the first one loads the pages
    command = [*bring(), *job]
    working = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    samples: list[float] = []
    assert working.stdout is not None
    working.stdout.readline()  # it has loaded and begins
    while working.poll() is None:
        began = time.perf_counter()
        next(saves)
        samples.append(time.perf_counter() - began)
        time.sleep(max(WRITE_EVERY - samples[-1], 0.01))
    said = working.stdout.read().strip()
    working.stdout.close()
    if working.returncode:
        raise RuntimeError(f"{job} ended with {working.returncode}: {said}")
    seconds, _space, told = said.partition(" ")
    return samples, round(float(seconds), 1), told


def _saves() -> Iterator[None]:
    """Contacts posted through the page, each by the client's own manager."""
    from django.test import Client
    from django.urls import reverse

    browsers: dict[int, Client] = {}
    for client, manager in _endless():
        if manager.pk not in browsers:
            browsers[manager.pk] = Client(HTTP_HOST="localhost")
            browsers[manager.pk].force_login(manager)
        sent = {"channel": "call", "outcome": "two_way", "direction": "out"}
        address = reverse("client_contacts", args=[client])
        answer = browsers[manager.pk].post(address, sent)
        if answer.status_code not in (302, 303):
            raise RuntimeError(f"{address} answers {answer.status_code}")
        yield


def _endless() -> Iterator[tuple[int, Any]]:
    known = clients_with_managers(60)
    while True:
        yield from known
