"""What commands that take files in share: the person, the progress, the refusal."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pult.console.output import show

if TYPE_CHECKING:
    from pult.people.models import User


def mapping_of(pairs: tuple[str, ...]) -> dict[str, str] | None:
    """`field=column` as given by --mapping, None when nothing was."""
    found = {}
    for pair in pairs:
        field, sign, column = pair.partition("=")
        if not (sign and field.strip() and column.strip()):
            raise click.BadParameter(f"{pair!r} is not FIELD=COLUMN", param_hint="--mapping")
        found[field.strip()] = column.strip()
    return found or None


def person(email: str | None) -> "User | None":
    """The colleague with this e-mail; nobody is the operator of this machine."""
    if not email:
        return None
    from pult.people.models import User

    found = User.objects.filter(email__iexact=email, is_active=True, doors_shut_at=None).first()
    if found is None:
        raise click.BadParameter(f"nobody here has the e-mail {email}", param_hint="--by")
    return found


def mover() -> "User":
    """Who moves clients in when nobody is named: the head, or else the director."""
    from pult.kernel.errors import Refusal
    from pult.people.queries import first_holders

    holders = first_holders()
    found = holders.get("head") or holders.get("director")
    if found is None:
        raise Refusal(
            "Clients are moved in by a head of client service or a director,"
            " and this Pult has none yet.",
            cure='Run: pult user invite vera@agency.example --name "Вера Лисина" --role head',
        )
    return found


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, told (done, total) by whoever works."""
    with click.progressbar(length=100, label=label, file=sys.stderr) as drawn:

        def progress(done: int, total: int) -> None:
            drawn.update(done * 100 // max(total, 1) - drawn.pos)

        yield progress


def tell_problems(problems: Iterable[Any], strict: bool) -> None:
    """Name bad rows on standard error; `strict` refuses the file for their sake."""
    problems = list(problems)
    for problem in problems:
        where = f"line {problem.line}" + (f", {problem.field}" if problem.field else "")
        click.echo(
            " — ".join(filter(None, map(str, (where, problem.reason, problem.cure)))), err=True
        )
    if problems and strict:
        click.echo(f"{len(problems)} bad rows: nothing was written (--strict).", err=True)
        sys.exit(1)


@contextmanager
def refusals(file: Path, as_json: bool) -> Iterator[None]:
    """Print why a file was refused, as figures too when they were asked for, and exit with 1."""
    from pult.kernel.errors import PultError

    try:
        yield
    except PultError as error:
        told: dict[str, Any] = {
            "file": file.name,
            "error": str(error.message),
            "cure": str(error.cure),
        }
        if guess := getattr(error, "name_guess", ""):
            told["format"] = guess
            click.echo(f"pult: {file.name}: {guess}", err=True)
        for row in getattr(error, "refused", ()):
            told.setdefault("refused", []).append(row)
            click.echo(f"line {row['line']}, {row['field']} — {row['reason']}", err=True)
        click.echo(f"pult: {error}", err=True)
        if as_json:
            show(told, True)
        sys.exit(1)
