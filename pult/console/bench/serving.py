"""Figures of the running product: how soon it answers, how much it takes when nobody asks."""

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import django

import pult.settings
from pult.console.bench.figure import Figure, skipped

PATIENCE = 60
SETTLE = 3


def serving(quick: bool) -> Iterator[Figure]:
    """`pult up` from nothing to its first page, and its processes a moment later."""
    from pult.console.serving import prepare_static

    prepare_static()
    with running() as up:
        if up.seconds is None:
            yield skipped("cold_start", "s", f"no page within {PATIENCE} s")
            return
        load = f"pult up to the sign-in page, {bytecode()}"
        yield Figure("cold_start", round(up.seconds, 2), "s", load, 2)
        time.sleep(1 if quick else SETTLE)
        tree = tree_of(up.pid)
        if not tree:
            yield skipped("memory_idle", "MB", "this system does not tell the memory of processes")
            return
        load = f"{len(tree)} processes: the command, web and the worker"
        shared = sum(_of(pid, "smaps_rollup", "Pss:") for pid in tree) // 1024
        yield Figure("memory_idle", shared, "MB", f"{load}; shared pages once", 200)
        resident = sum(_of(pid, "status", "VmRSS:") for pid in tree) // 1024
        yield Figure("memory_idle_rss", resident, "MB", f"{load}; sum of RSS")


def bytecode() -> str:
    """Whether the code stands compiled, as `make setup` leaves it; compiling takes 1.5 s."""
    sources = (django.__file__, pult.settings.__file__)
    kept = all(Path(importlib.util.cache_from_source(source)).exists() for source in sources)
    return "compiled beforehand" if kept else "compiling everything (no bytecode is kept here)"


class Running(NamedTuple):
    """`pult up` on a free port; `seconds` to its first page, None when none came."""

    pid: int
    port: int
    seconds: float | None


@contextmanager
def running(*options: str) -> Iterator[Running]:
    """`pult up` with these options, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pult.console", "up", "--port", str(port), *options]
    began = time.perf_counter()
    up = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield Running(up.pid, port, _first_page(port, began))
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


def tree_of(pid: int) -> list[int]:
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


def busy_seconds(tree: Iterable[int]) -> float:
    """The processor time these processes have taken so far; 0 where the system does not tell."""
    ticks = 0
    for pid in tree:
        try:
            told = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(told[11]) + int(told[12])  # in user mode, in the kernel
    return ticks / os.sysconf("SC_CLK_TCK")


def _of(pid: int, file: str, name: str) -> int:
    """A figure of /proc/PID/FILE in KB, 0 when the process is gone."""
    try:
        lines = Path("/proc", str(pid), file).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
