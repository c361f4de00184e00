"""Running Pult: web processes and one worker as one tree that stops cleanly."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType

import click

STOP_SECONDS = 10


def serve(*, host: str, port: int, workers: int, with_worker: bool = True) -> int:
    """Run until a signal comes or a child dies; return the exit status (0 after a signal)."""
    prepare_words()
    prepare_static()
    children = [_web(host, port, workers)]
    if with_worker:
        children.append(subprocess.Popen([sys.executable, "-m", "pult.console", "worker"]))
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not stopping.wait(0.3):
        if any(child.poll() is not None for child in children):
            break
    failed = not stopping.is_set()
    _stop(children)
    return 1 if failed else 0


def _web(host: str, port: int, workers: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", host, "--port", str(port), "--workers", str(workers)),
            *("--blocking-threads", "4", "--backpressure", "64"),
            *("--no-ws", "--log-level", "warning", "pult.wsgi:application"),
        ]
    )


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            click.echo(f"pult: process {child.pid} did not stop in time and was killed", err=True)
            child.kill()
            child.wait()


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
