"""Running Pult: web processes and one worker as one tree that stops cleanly."""

import errno
import gc
import hashlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Any

import click

from pult.console.output import django
from pult.kernel.errors import Refusal
from pult.kernel.memory import no_collections

STOP_SECONDS = 10
# Threads of one process take turns: with four an answer cost a fifth more (ADR 23).
THREADS = 2
STREAM = socket.SOCK_STREAM
REASONS = {
    errno.EADDRINUSE: "Port %s is in use: another Pult, or another program, answers there.",
    errno.EACCES: "Port %s is for the administrator of this machine alone.",
}
SIGNALS = (signal.SIGINT, signal.SIGTERM)
# Forked, the processes share the memory of everything imported; elsewhere each loads its own.
METHOD = "fork" if sys.platform == "linux" else "spawn"


def serve(*, host: str, port: int, workers: int, with_worker: bool = True) -> int:
    """Run until a signal comes or a child dies; return the exit status (0 after a signal)."""
    prepare_words()
    prepare_static()
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in SIGNALS:
        signal.signal(number, stop)
    _share()
    children = [_start(_web, host, port, workers)]
    if with_worker:
        children.append(_start(_worker))
    while not stopping.wait(0.3):
        if any(child.exitcode is not None for child in children):
            break
    failed = not stopping.is_set()
    _stop(children)
    return 1 if failed else 0


def refuse_taken(host: str, port: int) -> None:
    """Refusal when nobody could listen there: two servers on one port would answer in turns."""
    family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=STREAM)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as problem:
            if problem.errno not in REASONS:
                raise
            raise Refusal(
                REASONS[problem.errno] % port,
                cure="Choose another one, for example with --port 8080",
            ) from problem


def _share() -> None:
    """Load what every process will need, and keep the collector from touching it afterwards."""
    if METHOD != "fork":
        return
    with no_collections():
        from django.db import connections
        from django.urls import get_resolver

        import pult.wsgi  # noqa: F401

        _ = get_resolver().url_patterns  # every page
    connections.close_all()
    gc.freeze()


def _start(target: Callable[..., None], *args: Any) -> BaseProcess:
    child = multiprocessing.get_context(METHOD).Process(target=target, args=args)
    child.start()
    return child


def _web(host: str, port: int, workers: int) -> None:
    """The web server: its master, which starts the processes that answer."""
    _own_signals()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "pult.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=64,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


def _worker() -> None:
    """`pult worker` beside the pages."""
    _own_signals()
    django()
    from pult.kernel import jobs

    stop = threading.Event()
    for number in SIGNALS:
        signal.signal(number, lambda *_: stop.set())
    jobs.work(stop=stop)


def _own_signals() -> None:
    """A group of its own: a break at the terminal is heard once, from `pult up` alone."""
    os.setpgid(0, 0)
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


def _stop(children: list[BaseProcess]) -> None:
    for child in children:
        if child.exitcode is None:
            child.terminate()
    for child in children:
        child.join(STOP_SECONDS)
        if child.exitcode is None:
            click.echo(f"pult: process {child.pid} did not stop in time and was killed", err=True)
            child.kill()
            child.join()
        _end_group(child.pid)


def _end_group(leader: int | None) -> None:
    """What a child started and did not stop ends with it."""
    with suppress(ProcessLookupError, PermissionError):
        if leader is not None:
            os.killpg(leader, signal.SIGKILL)


def prepare_words() -> None:
    """Compile the language catalogues that are older than their source."""
    from pult.kernel.catalogues import catalogues, compile_catalogues

    for target, sources in catalogues().items():
        newest = max(source.stat().st_mtime for source in sources)
        if not target.exists() or target.stat().st_mtime < newest:
            list(compile_catalogues())
            return


def prepare_static() -> None:
    """Collect and compress the static files when they are not those of last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            stat = os.stat(storage.path(path))
            digest.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(digest.hexdigest())
