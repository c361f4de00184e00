"""Runs groups of figures, each in a process of its own: memory and caches start from nothing."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from pult.console.bench import beside, engine, people, serving, throughput
from pult.console.bench.figure import Figure, machine, skipped
from pult.console.bench.place import environment

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Group:
    """Figures measured together; `writes`: they change the database they are measured on."""

    measure: Callable[[bool], Iterator[Figure]]
    writes: bool = False


# In this order on one copy: what writes most comes last.
GROUPS = {
    "calendar": Group(engine.calendar),
    "forecast": Group(engine.forecast),
    "whatif": Group(engine.whatif),
    "sweep": Group(engine.sweeps, writes=True),
    "rebuilt": Group(engine.rebuilt, writes=True),
    "pages": Group(people.pages),
    "serving": Group(serving.serving, writes=True),
    "throughput": Group(throughput.throughput, writes=True),
    "acts": Group(people.acts, writes=True),
    "beside-sweep": Group(beside.sweep, writes=True),
    "beside-statement": Group(beside.statement, writes=True),
    "beside-spend": Group(beside.spend, writes=True),
}
# Names that stand for several groups.
SEVERAL = {"beside": ["beside-sweep", "beside-statement", "beside-spend"]}


def measure(
    names: list[str],
    *,
    home: Path,
    database: str,
    quick: bool,
    in_place: bool = False,
    progress: Progress = lambda name: None,
) -> list[dict[str, object]]:
    """The figures of these groups (all when empty). `database` is the path of an SQLite file, ""
    for another database."""
    found: list[dict[str, object]] = []
    with environment(home, database, in_place=in_place) as (variables, may_write):
        for name in [group for asked in names or GROUPS for group in SEVERAL.get(asked, [asked])]:
            progress(name)
            if GROUPS[name].writes and not may_write:
                why = (
                    "it writes; give --in-place to let it write generated facts into this database"
                )
                found.append(skipped(name, "", why).as_dict())
                continue
            command = [sys.executable, "-m", "pult.console.bench.run", name, *["quick"] * quick]
            done = subprocess.run(command, env=variables, stdout=subprocess.PIPE, check=False)
            found += [orjson.loads(line) for line in done.stdout.splitlines()]
            if done.returncode:
                found.append(skipped(name, "", f"ended with {done.returncode}").as_dict())
    return found


def main(name: str, speed: str = "") -> None:
    """One group: a figure a line, as each is taken."""
    from pult.console.output import django

    django()
    for figure in GROUPS[name].measure(speed == "quick"):
        line = figure.as_dict() | {"machine": machine()}
        sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
