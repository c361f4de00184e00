"""Who opens what: every address of the staff's face has a row in a module of `rows`.

A module has `ROWS` and `world(cast) -> {kwarg: value}`, the objects its addresses name.
"""

import pkgutil
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from tests.access import rows

# The cast by what they do. Анна holds the client of the rows, Борис does not.
PEOPLE = {
    "am": "anna",
    "another_am": "boris",
    "head": "vera",
    "sales": "gleb",
    "executor": "darya",
    "production_head": "egor",
    "accountant": "zhanna",
    "director": "zakhar",
}


@dataclass(frozen=True)
class Row:
    """An address by name, the names of its arguments, and the status of a GET for each person;
    a person not mentioned gets 403."""

    name: str
    args: tuple[str, ...]
    statuses: dict[str, int]


def opens(name: str, args: str, *who: str, status: int = 200, **others: int) -> Row:
    """A row where `who` get `status` and `others` what is said of them."""
    return Row(name, tuple(args.split()), {**dict.fromkeys(who, status), **others})


def modules() -> list[ModuleType]:
    """The modules of rows, by name."""
    found = sorted(info.name for info in pkgutil.iter_modules(rows.__path__))
    return [import_module(f"{rows.__name__}.{name}") for name in found]


def table() -> list[tuple[ModuleType, Row]]:
    """Every row with the module whose world it needs."""
    return [(module, row) for module in modules() for row in module.ROWS]


def arguments(row: Row, world: dict[str, Any]) -> list[Any]:
    return [world[name] for name in row.args]
