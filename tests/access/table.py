"""Who opens what and who is heard there: every address has a row in a module of `rows`.

A module has `ROWS` and `world(cast) -> {kwarg: value}`, the objects its addresses name.
"""

import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any

from pult.people.actions import hire
from pult.people.tests.cast import SINCE
from tests.access import rows

# Everybody by what they do. Анна holds the client of the rows, Борис does not; the last four are
# hired for these tests alone.
PEOPLE = {
    "am": "anna",
    "another_am": "boris",
    "head": "vera",
    "sales": "gleb",
    "executor": "darya",
    "production_head": "egor",
    "accountant": "zhanna",
    "director": "zakhar",
    "it": "ivan",
    "production_director": "kira",
    "contractor": "nina",
    "client": "lev",
}
STAFF = tuple(who for who in PEOPLE if who not in ("client", "contractor"))

# Addresses a stranger may open: to come in, and the components without anybody's data.
COMING_IN = {"account_login", "account_logout", "invitation", "demo_sign_in"}
COMPONENTS = {"ui:catalogue", "ui:preview", "ui:sample-progress", "ui:sample-why"}
OPEN_TO_ALL = COMING_IN | COMPONENTS
# Addresses of allauth, which asks for a sign-in itself where one is needed.
OF_OTHERS = ("account_", "mfa_", "usersessions_")


@dataclass(frozen=True)
class Row:
    """An address by name, the names of its arguments, and the status of a GET for each person;
    a person not mentioned gets 403.

    `writers` are those whose POST is heard (None: the address takes none), `refused` those who
    open the page but whose POST of `form` is refused in words; for everybody else a POST ends in
    403 or 404. A value of `form` that names an object of the world stands for it.
    """

    name: str
    args: tuple[str, ...]
    statuses: dict[str, int]
    writers: frozenset[str] | None = None
    refused: frozenset[str] = frozenset()
    form: dict[str, str] = field(default_factory=dict)


def opens(
    name: str,
    args: str,
    *who: str,
    status: int = 200,
    writers: Iterable[str] | None = None,
    refused: Iterable[str] = (),
    form: dict[str, str] | None = None,
    **others: int,
) -> Row:
    """A row where `who` get `status` and `others` what is said of them."""
    statuses = {**dict.fromkeys(who, status), **others}
    heard = None if writers is None else frozenset(writers)
    return Row(name, tuple(args.split()), statuses, heard, frozenset(refused), form or {})


def writes(name: str, args: str, *who: str, **more: Any) -> Row:
    """A row of a form: `who` open it and are heard."""
    return opens(name, args, *who, **{"writers": who, **more})


def posted(name: str, args: str, *who: str, rivals: Iterable[str] = (), **more: Any) -> Row:
    """A row of an address that takes a POST alone; `rivals` have the role, but not the object."""
    return opens(name, args, *who, *rivals, **{"status": 405, "writers": who, **more})


def everybody(cast: Any) -> dict[str, Any]:
    """Who → person, those outside the cast hired."""
    people = {}
    for who, name in PEOPLE.items():
        people[who] = getattr(cast, name, None) or hire(
            email=f"{name}@agency.example",
            full_name=name.capitalize(),
            roles=[who],
            since=SINCE,
            by=None,
        )
    return people


def modules() -> list[ModuleType]:
    """The modules of rows, by name."""
    found = sorted(info.name for info in pkgutil.iter_modules(rows.__path__))
    return [import_module(f"{rows.__name__}.{name}") for name in found]


def table() -> list[tuple[ModuleType, Row]]:
    """Every row with the module whose world it needs."""
    return [(module, row) for module in modules() for row in module.ROWS]


def arguments(row: Row, world: dict[str, Any]) -> list[Any]:
    return [world[name] for name in row.args]
