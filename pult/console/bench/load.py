"""A light client for the figures of serving: a few kept connections and nothing of Pult.

It runs as a process of its own (`python -m pult.console.bench.load`), so that it takes little of
the server's processors and shares no lock with it. Standard input has the job as JSON: `port`,
`cookies`, `token`, `connections`, `seconds`, `method`, `headers`, `paths` (taken in turn) and
`body`. Standard output gets JSON: `times` of the answers in seconds, the `span` they came in,
`statuses` by number, the `size` of the last answer in bytes and `busy`, the client's own processor
time.
"""

import json
import sys
import threading
import time
from collections import Counter
from http.client import HTTPConnection
from itertools import count
from typing import Any


def main() -> None:
    json.dump(run(json.load(sys.stdin)), sys.stdout)


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Ask from all the connections at once until the time is up."""
    times: list[float] = []
    statuses: Counter[int] = Counter()
    sizes = [0]
    turns = count()
    until = time.perf_counter() + job["seconds"]

    def ask() -> None:
        server = HTTPConnection("127.0.0.1", job["port"], timeout=30)
        while (began := time.perf_counter()) < until:
            turn = next(turns)
            status, size = _one(server, job, turn)
            times.append(time.perf_counter() - began)
            statuses[status] += 1
            sizes[0] = size
        server.close()

    began, idle = time.perf_counter(), time.process_time()
    threads = [threading.Thread(target=ask) for _ in range(job["connections"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    span = time.perf_counter() - began
    busy = time.process_time() - idle
    return {
        "times": times,
        "span": span,
        "statuses": dict(statuses),
        "size": sizes[0],
        "busy": busy,
    }


def _one(server: HTTPConnection, job: dict[str, Any], turn: int) -> tuple[int, int]:
    """One request: its status and how long the answer is."""
    cookies = "; ".join(f"{name}={value}" for name, value in job["cookies"].items())
    headers = {"Cookie": cookies, **job["headers"]}
    body = None
    if job["method"] == "POST":
        # Each form is another one: the second of two equal ones would not be carried out.
        body = f"{job['body']}&turn={turn}"
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers["X-CSRFToken"] = job["token"]
    server.request(job["method"], job["paths"][turn % len(job["paths"])], body, headers)
    answer = server.getresponse()
    return answer.status, len(answer.read())


if __name__ == "__main__":
    main()
