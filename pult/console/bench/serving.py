"""Figures of the running product: how soon it answers, how much it takes when nobody asks."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from pult.console.bench.figure import Figure, skipped

PATIENCE = 60
SETTLE = 3


def serving(quick: bool) -> Iterator[Figure]:
    """`pult up` from nothing to its first page, and its processes a moment later."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    from pult.console.serving import prepare_static

    prepare_static()
    command = [sys.executable, "-m", "pult.console", "up", "--port", str(port)]
    began = time.perf_counter()
    up = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        seconds = _first_page(port, began)
        if seconds is None:
            yield skipped("cold_start", "s", f"no page within {PATIENCE} s")
            return
        yield Figure("cold_start", round(seconds, 2), "s", "pult up to the sign-in page", 2)
        time.sleep(1 if quick else SETTLE)
        tree = _tree(up.pid)
        if not tree:
            yield skipped("memory_idle", "MB", "this system does not tell the memory of processes")
            return
        load = f"{len(tree)} processes: the command, web and the worker"
        shared = sum(_of(pid, "smaps_rollup", "Pss:") for pid in tree) // 1024
        yield Figure("memory_idle", shared, "MB", f"{load}; shared pages once", 200)
        resident = sum(_of(pid, "status", "VmRSS:") for pid in tree) // 1024
        yield Figure("memory_idle_rss", resident, "MB", f"{load}; sum of RSS")
    finally:
        up.send_signal(signal.SIGTERM)
        up.wait(30)


def _first_page(port: int, began: float) -> float | None:
    while time.perf_counter() - began < PATIENCE:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5) as page:
                page.read()
                return time.perf_counter() - began
        except OSError:
            time.sleep(0.02)
    return None


def _tree(pid: int) -> list[int]:
    """A process and everything it started."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        parents.setdefault(parent, []).append(int(folder.name))
    found, ahead = [], [pid] if Path("/proc").is_dir() else []
    while ahead:
        one = ahead.pop()
        found.append(one)
        ahead.extend(parents.get(one, ()))
    return found


def _of(pid: int, file: str, name: str) -> int:
    """A figure of /proc/PID/FILE in KB, 0 when the process is gone."""
    try:
        lines = Path("/proc", str(pid), file).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
