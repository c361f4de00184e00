"""Figures of the running product: how many requests a second it answers."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlencode

import orjson

from pult.console.bench.figure import Figure, p50_p95, skipped
from pult.console.bench.serving import busy_seconds, running, tree_of

CONNECTIONS = 4
WORKERS = 2
SECONDS = 5
CONTACT = urlencode({"channel": "call", "outcome": "two_way", "direction": "out"})
# How a page asks for its list of what is due, without the frame around it.
ONLY_LIST = {"HX-Request": "true", "HX-Target": "agenda"}


def throughput(quick: bool) -> Iterator[Figure]:
    """A manager's list of fifty clients, what is due, and a contact logged: requests a second.

    Over HTTP, from four kept connections of a process of its own, to `pult up` with two web
    processes and the worker. `due` is the list of *Мой день* as it redraws itself after an act,
    `day` the whole page with it. There is no API, so there is no figure of it.
    """
    from django.urls import reverse

    from pult.console.bench.people import reader_of
    from pult.console.serving import prepare_static

    prepare_static()
    reader, clients = reader_of("am", 100)
    contacts = [reverse("client_contacts", args=[pk]) for pk in dict.fromkeys(clients)]
    signed_in = _signed_in(reader)
    with running("--workers", str(WORKERS)) as up:
        if up.seconds is None:
            yield skipped("requests_list", "1/s", "no page came in time")
            return
        for name, method, headers, paths, goal in (
            ("requests_list", "GET", {}, [reverse("clients")], 80),
            ("requests_due", "GET", ONLY_LIST, [reverse("my_day")], 150),
            ("requests_day", "GET", {}, [reverse("my_day")], None),
            ("requests_create", "POST", {}, contacts, 170),
        ):
            job = signed_in | {"port": up.port, "method": method, "headers": headers}
            job |= {"paths": paths, "body": CONTACT}
            _asked(job | {"seconds": 0.2 if quick else 1})  # both processes have loaded the page
            tree = tree_of(up.pid)
            before = busy_seconds(tree)
            found = _asked(job | {"seconds": 0.3 if quick else SECONDS})
            yield from _told(name, goal, found, busy_seconds(tree) - before)


def _signed_in(user: Any) -> dict[str, Any]:
    """What a browser of this person sends: a session, and the token of forms twice over."""
    from django.conf import settings
    from django.test import Client
    from django.utils.crypto import get_random_string

    browser, token = Client(HTTP_HOST="localhost"), get_random_string(32)
    browser.force_login(user)
    cookies = {settings.CSRF_COOKIE_NAME: token}
    cookies[settings.SESSION_COOKIE_NAME] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return {"cookies": cookies, "token": token, "connections": CONNECTIONS}


def _asked(job: dict[str, Any]) -> dict[str, Any]:
    """What the light client measured."""
    command = [sys.executable, "-m", "pult.console.bench.load"]
    done = subprocess.run(command, input=orjson.dumps(job), stdout=subprocess.PIPE, check=True)
    return orjson.loads(done.stdout)


def _told(name: str, goal: float | None, found: dict[str, Any], busy: float) -> Iterator[Figure]:
    refused = {code: n for code, n in found["statuses"].items() if code not in ("200", "303")}
    if refused:
        said = ", ".join(f"{n} × {code}" for code, n in islice(refused.items(), 3))
        yield skipped(name, "1/s", f"answered {said}")
        return
    times = found["times"]
    load = (
        f"{len(times)} answers of {found['size'] // 1024} KB, {CONNECTIONS} connections,"
        f" {WORKERS} web processes"
    )
    yield Figure(name, round(len(times) / found["span"], 1), "1/s", load, goal, at_least=True)
    yield Figure(f"{name}_p95", p50_p95(times)[1], "ms", load)
    asking = round(found["busy"] * 1000 / len(times), 1)
    load = f"processor time of an answer; asking took {asking} ms more"
    yield Figure(f"{name}_cpu", round(busy * 1000 / len(times), 1), "ms", load)
