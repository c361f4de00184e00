"""The process tree of `pult up`: it answers, stops cleanly and dies of the death of a child."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
PATIENCE = 240  # a new database and its static files on a busy machine
# Children that do nothing, so that only the tree is looked at.
TREE = """
import sys, time
from pult.console import serving

def sleep(*_):
    time.sleep(60)

def deaf(*_):
    import signal
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("deaf", flush=True)
    sleep()

for name in ("prepare_words", "prepare_static", "_share"):
    setattr(serving, name, lambda: None)
serving.STOP_SECONDS = 0.5
serving._web, serving._worker = sleep, {worker}
sys.exit(serving.serve(host="127.0.0.1", port=1, workers=1))
"""
TREES = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")


@pytest.fixture
def start():
    """Start a command; whatever a failed test leaves of it is killed."""
    started = []

    def begin(*words, **variables):
        kept = {name: text for name, text in os.environ.items() if not name.startswith("PULT_")}
        process = subprocess.Popen(
            [sys.executable, *words],
            env=kept | {"DJANGO_SETTINGS_MODULE": "pult.settings"} | variables,
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        for pid in members(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.communicate()


def members(leader: int) -> dict[int, int]:
    """Process → parent of everything that belongs to the session of `leader`."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found[int(stat.parent.name)] = int(fields[1])
    return found


def wait_for(condition):
    until = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < until, "it did not come to that in time"
        time.sleep(0.05)
    return found


def children(process) -> list[int]:
    """Both children of a tree that has just been started, the web server first."""

    def both():
        found = sorted(pid for pid, parent in members(process.pid).items() if parent == process.pid)
        return found if len(found) == 2 else None

    return wait_for(both)


@TREES
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_tree_and_leaves_no_process(start, number):
    tree = start("-c", TREE.format(worker="sleep"))
    children(tree)
    time.sleep(0.3)  # it has begun to wait
    tree.send_signal(number)
    assert tree.wait(PATIENCE) == 0
    assert members(tree.pid) == {}


@TREES
@pytest.mark.parametrize("place", [0, 1], ids=["web", "worker"])
def test_a_child_that_was_killed_takes_the_rest_with_it_and_is_a_failure(start, place):
    tree = start("-c", TREE.format(worker="sleep"))
    os.kill(children(tree)[place], signal.SIGKILL)
    assert tree.wait(PATIENCE) == 1
    assert members(tree.pid) == {}


@TREES
def test_a_child_that_does_not_listen_is_killed_and_named(start):
    tree = start("-c", TREE.format(worker="deaf"))
    _web, worker = children(tree)
    assert tree.stdout.readline() == "deaf\n"
    tree.terminate()
    assert tree.wait(PATIENCE) == 0
    assert f"process {worker} did not stop in time" in tree.stderr.read()
    assert members(tree.pid) == {}


@TREES
def test_up_serves_the_first_page_beside_a_worker_and_stops_at_a_break(start, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    up = start("-m", "pult.console", "up", "--port", str(port), PULT_HOME=str(tmp_path))

    def page():
        assert up.poll() is None, up.stderr.read()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5) as answer:
                return answer.status
        except OSError:
            return None

    assert wait_for(page) == 200
    tree = members(up.pid)
    assert list(tree.values()).count(up.pid) == 2  # the web server and the worker
    assert len(tree) >= 5  # and the processes that answer
    os.killpg(up.pid, signal.SIGINT)  # as a terminal does: every process hears it
    assert up.wait(PATIENCE) == 0
    assert members(up.pid) == {}


def test_a_port_in_use_is_refused_in_words(start, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        up = start("-m", "pult.console", "up", "--port", str(port), PULT_HOME=str(tmp_path))
        assert up.wait(PATIENCE) == 1
    said = up.stderr.read()
    assert f"Port {port} is in use" in said
    assert "--port" in said
    assert "Traceback" not in said
