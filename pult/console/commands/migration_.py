"""`pult import migration`: from another system, by its key or its files."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pult.console.output import django, show
from pult.console.taking import bar, mapping_of, mover, person, refusals

if TYPE_CHECKING:
    from pult.people.models import User

JSON = click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
BY = click.option("--by", "email", help="E-mail of the head or director who imports.")
SOURCE = click.argument("source")
COUNTS = ("create", "update", "changed", "same", "ask", "errors")


@click.group("migration")
def command() -> None:
    """Move in from Megaplan, Bitrix24 or amoCRM: read, look, bring in, follow, take back.

    SOURCE is what `sources` calls the system. The other system is only read. Exit status: 0 done,
    1 refused or failed, 2 called wrongly.

    Example: pult import migration read amoCRM --json
    """


@command.command("sources")
@BY
@JSON
def sources(email: str | None, as_json: bool) -> None:
    """List the systems and what is known of them.

    Example: pult import migration sources --json
    """
    django()
    from pult.integrations.migration.queries import source_items

    with refusals(Path("sources"), as_json):
        rows = [vars(one) for one in source_items(_who(email))]
    for row in rows:
        row["synced_at"] = row["synced_at"].isoformat() if row["synced_at"] else None
    if as_json:
        show({"sources": rows}, True)
    for row in () if as_json else rows:
        click.echo(f"{row['name']}: {row['system']}, {row['brought']} + {row['waiting']}")


@command.command("add")
@click.argument("system", type=click.Choice(["megaplan", "bitrix24", "amocrm"]))
@click.option("--name", required=True, help="What you call it.")
@click.option("--address", default="", help="As agency.amocrm.ru.")
@click.option(
    "--key",
    "key",
    type=click.File("r"),
    help="A file of NAME=VALUE lines with the key, or - for standard input.",
)
@click.option("--go-live", required=True, type=click.DateTime(["%Y-%m-%d"]))
@BY
@JSON
def add(
    system: str,
    name: str,
    address: str,
    key: Any,
    go_live: datetime,
    email: str | None,
    as_json: bool,
) -> None:
    """Connect a system; without a key only its files are read.

    Parts of a key: megaplan username, password; bitrix24 webhook (1/abc); amocrm token and, to
    renew it, refresh_token, client_id, client_secret, redirect_uri.

    Example: pult import migration add amocrm --name amoCRM --address agency.amocrm.ru \\
        --key amo.key --go-live 2026-03-16
    """
    django()
    from pult.integrations.migration.actions.sources import add_source

    lines = key.read().splitlines() if key else []
    secrets = mapping_of(tuple(line for line in lines if line.strip())) or {}
    with refusals(Path(name), as_json):
        made = add_source(
            by=_who(email),
            system=system,
            name=name,
            address=address,
            secrets=secrets,
            go_live=go_live.date(),
        )
    show({"source": made.pk, "name": made.name}, as_json)


@command.command("read")
@SOURCE
@BY
@JSON
def read(source: str, email: str | None, as_json: bool) -> None:
    """Read a system by its key into a batch and print what it would make.

    Example: pult import migration read amoCRM --json
    """
    django()
    from pult.integrations.migration.actions.reading import read_into, start_reading

    with refusals(Path(source), as_json):
        batch = start_reading(by=_who(email), source_id=_source(source))
        reading = read_into(batch)
    show({"batch": batch.pk, "found": reading.found, "new": reading.new, **_plan(batch)}, as_json)


@command.command("file")
@SOURCE
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(["company", "contact", "deal", "task"]), default=None)
@click.option("--mapping", "pairs", multiple=True, metavar="FIELD=COLUMN")
@BY
@JSON
def file(
    source: str,
    file: Path,
    kind: str | None,
    pairs: tuple[str, ...],
    email: str | None,
    as_json: bool,
) -> None:
    """Read an export of a system (CSV, XLSX) into a batch and print what it would make.

    Example: pult import migration file Megaplan clients.xlsx --kind company
    """
    django()
    from pult.integrations import intake
    from pult.integrations.intake.columns import columns_by_name
    from pult.integrations.migration.actions.reading_files import open_file, read_file
    from pult.integrations.migration.actions.sources import source_of

    with refusals(file, as_json):
        data, name = intake.read_path(file), intake.clean_name(file.name)
        mapping = None
        if named := mapping_of(pairs):
            export = open_file(source_of(_source(source)), data, name, kind=kind or "")
            mapping = export.mapping | columns_by_name(named, export.table.columns)
        batch, export = read_file(
            by=_who(email),
            source_id=_source(source),
            data=data,
            name=name,
            kind=kind or "",
            mapping=mapping,
        )
    figures = {"batch": batch.pk, "kind": export.kind, "unread": export.unread, **_plan(batch)}
    show(figures, as_json)


@command.command("bring")
@click.argument("batch", type=int)
@BY
@JSON
def bring_in(batch: int, email: str | None, as_json: bool) -> None:
    """Bring a batch in; what asks for an answer waits.

    Example: pult import migration bring 3
    """
    django()
    from pult.integrations.migration.actions.bringing import bring

    with refusals(Path(f"batch {batch}"), as_json), bar("records") as progress:
        done = bring(by=_who(email), batch_id=_batch(batch), progress=progress)
    show({"batch": done.pk, "counts": done.counts}, as_json)


@command.command("undo")
@click.argument("batch", type=int)
@BY
@JSON
def take_back(batch: int, email: str | None, as_json: bool) -> None:
    """Take a batch back; what somebody has worked with stays and is named.

    Example: pult import migration undo 3
    """
    django()
    from pult.integrations.migration.actions.undoing import undo

    with refusals(Path(f"batch {batch}"), as_json):
        told = undo(by=_who(email), batch_id=_batch(batch))
    show({"batch": batch, "undone": told.undone, "kept": [list(one) for one in told.kept]}, as_json)


@command.command("sync")
@JSON
def follow(as_json: bool) -> None:
    """Read every system that is followed, once and now, as the worker does by itself.

    Example: pult import migration sync --json
    """
    django()
    from pult.integrations.migration.jobs import read_followed

    told = read_followed()
    show({"sources": told}, as_json)
    if any(isinstance(one, str) for one in told.values()):
        sys.exit(1)


def _plan(batch: Any) -> dict[str, Any]:
    plan = batch.plan
    return {
        **{name: plan["counts"][name] for name in COUNTS},
        "questions": [
            {"key": key, "name": name, "like": [one[1] for one in found]}
            for key, name, found in plan["questions"]
        ],
        "refused": [
            {"field": field, "reason": why, "cure": cure} for field, why, cure in plan["errors"]
        ],
    }


def _who(email: str | None) -> "User":
    return person(email) or mover()


def _source(name: str) -> int:
    from pult.integrations.migration.models import Source

    found = Source.objects.filter(name=name).first()
    if found is None:
        raise click.BadParameter(f"no system is called {name!r}", param_hint="SOURCE")
    return found.pk


def _batch(pk: int) -> int:
    from pult.integrations.migration.models import Batch

    if not Batch.objects.filter(pk=pk).exists():
        raise click.BadParameter(f"there is no batch {pk}", param_hint="BATCH")
    return pk
