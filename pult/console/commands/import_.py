"""`pult import`: a bank statement, ad spend or clients from a file."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from pult.console.commands.migration_ import command as migration
from pult.console.output import django, show
from pult.console.taking import bar, mapping_of, mover, person, refusals, tell_problems

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
FAST = click.option("--fast", is_flag=True, help="Take no rests between writes.")
BY = click.option("--by", "email", help="E-mail of the person who imports.")
MAPPING = click.option(
    "--mapping",
    "pairs",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="For CSV and XLSX: the title (or number) of a field's column; may be repeated.",
)


@click.group("import")
def command() -> None:
    """Take in a bank statement, ad spend, clients, or all of another system.

    Figures go to standard output, progress and what was refused to standard error. Exit status:
    0 taken in, 1 the file was refused and nothing of it was written, 2 called wrongly.

    Example: pult import bank statement.txt --json
    """


command.add_command(migration)


@command.command("bank")
@FILE
@click.option("--account", default="", help="Our account, when a CSV or XLSX does not name it.")
@click.option("--own", "accounts", multiple=True, help="Say that an account of the file is ours.")
@click.option("--strict", is_flag=True, help="Refuse the file when a row of it is bad.")
@MAPPING
@BY
@FAST
@JSON
def bank(
    file: Path,
    account: str,
    accounts: tuple[str, ...],
    strict: bool,
    pairs: tuple[str, ...],
    email: str | None,
    fast: bool,
    as_json: bool,
) -> None:
    """Import a bank statement: 1CClientBankExchange, camt.053, MT940, CSV or XLSX.

    The format is found by the contents. The same or an overlapping file changes nothing; on an
    empty database the agency's accounts are those of the statement's own sections. Sums are
    integer kopecks.

    Example: pult import bank kl_to_1c.txt --json
    """
    django()
    from pult.integrations import intake

    with refusals(file, as_json):
        read = intake.open_bank(
            intake.read_path(file),
            intake.clean_name(file.name),
            mapping=mapping_of(pairs),
            account=account,
        )
        tell_problems(read.statement.problems, strict)
        with bar("bank") as progress:
            result = intake.take_bank(
                read,
                by=person(email),
                accounts=[*accounts, *filter(None, [account])],
                polite=not fast,
                progress=progress,
            )
    if as_json:
        show(result.summary | {"refused": [_named(row) for row in result.summary["refused"]]}, True)
        return
    rest = {name: value for name, value in result.summary.items() if name != "accounts"}
    show(rest | {"refused": len(result.summary["refused"])}, False)
    for row in result.summary["accounts"]:
        click.echo("  " + ", ".join(f"{name}: {value}" for name, value in row.items()))


def _named(refused: dict[str, Any]) -> dict[str, Any]:
    """A refused row without what its page keeps of it."""
    return {name: refused[name] for name in ("line", "field", "reason")}


@command.command("spend")
@FILE
@click.option("--platform", default="", help="Whose spend a table holds: direct, vk …")
@click.option("--vat", type=click.Choice(["with", "without"]), help="Whether VAT is inside.")
@click.option("--strict", is_flag=True, help="Refuse the file when a row of it is bad.")
@MAPPING
@BY
@FAST
@JSON
def spend(
    file: Path,
    platform: str,
    vat: str | None,
    strict: bool,
    pairs: tuple[str, ...],
    email: str | None,
    fast: bool,
    as_json: bool,
) -> None:
    """Import ad spend: a report of Yandex Direct (TSV, gzip), CSV or XLSX of any platform.

    Days that are known already are replaced, never doubled. Costs are kept without VAT; where
    neither the file nor --vat says whether VAT is inside, it is taken to be.

    Example: pult import spend direct.tsv --vat without --json
    """
    django()
    from pult.integrations import intake

    with refusals(file, as_json):
        read = intake.open_spend_file(
            intake.read_path(file),
            intake.clean_name(file.name),
            platform=platform,
            mapping=mapping_of(pairs),
            with_vat=None if vat is None else vat == "with",
        )
        if read.report.with_vat is None:
            click.echo("VAT is taken to be inside the costs; say --vat to be sure.", err=True)
        if strict:
            for _row in read.report.rows():
                pass
            tell_problems(read.report.problems, strict)
        with bar("spend") as progress:
            result = intake.take_spend(
                read, by=person(email), with_vat=True, polite=not fast, progress=progress
            )
        tell_problems(read.report.problems, False)
    figures = {
        "file": read.name,
        "format": read.report.source,
        "platform": read.platform,
        "encoding": read.report.encoding,
        "with_vat": True if read.report.with_vat is None else read.report.with_vat,
        **{name: value for name, value in vars(result).items() if name != "file_id"},
        "refused": [problem.as_dict() for problem in read.report.problems],
        "warnings": [str(warning) for warning in read.report.warnings],
    }
    show(figures if as_json else figures | {"refused": len(figures["refused"])}, as_json)


@command.command("clients")
@FILE
@click.option("--dry-run", is_flag=True, help="Print what would be made and write nothing.")
@click.option("--go-live", type=click.DateTime(["%Y-%m-%d"]), help="First day of the regulation.")
@click.option("--balance-day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the balances.")
@MAPPING
@BY
@FAST
@JSON
def clients(
    file: Path,
    dry_run: bool,
    go_live: datetime | None,
    balance_day: datetime | None,
    pairs: tuple[str, ...],
    email: str | None,
    fast: bool,
    as_json: bool,
) -> None:
    """Move clients in from an XLSX or CSV: contacts, requisites, service lines, balances.

    The regulation asks about them from the go-live day on (today). Balances are those at the end
    of the balance day (yesterday). Rows in error and possible duplicates stay out.

    Example: pult import clients clients.xlsx --dry-run --json
    """
    django()
    from pult.integrations import intake
    from pult.people.queries import business_day

    with refusals(file, as_json):
        by = person(email) or mover()
        read = intake.open_clients(
            intake.read_path(file), intake.clean_name(file.name), mapping=mapping_of(pairs)
        )
        batch = None
        if dry_run:
            preview = intake.plan_clients(read, by=by)
        else:
            live = go_live.date() if go_live else business_day()
            day = balance_day.date() if balance_day else live - timedelta(days=1)
            with bar("clients") as progress:
                batch, preview = intake.take_clients(
                    read,
                    by=by,
                    go_live=live,
                    balance_day=day,
                    polite=not fast,
                    progress=progress,
                )
    figures = {
        "file": read.name,
        "batch": batch.pk if batch else None,
        **{name: count for name, count in preview.counts.items() if name != "errors"},
        "rows_in_error": preview.counts["errors"],
        "duplicates": [
            {"key": plan.key, "lines": plan.lines, "like": [m.name for m in plan.matches]}
            for plan in preview.plans
            if plan.action == "ask"
        ],
        "refused": [
            {"line": e.line, "field": e.field, "reason": e.message, "cure": e.cure}
            for e in preview.errors
        ],
    }
    for row in figures["refused"]:
        click.echo(
            " — ".join([f"line {row['line']}, {row['field']}", row["reason"], row["cure"]]),
            err=True,
        )
    short = {name: len(figures[name]) for name in ("duplicates", "refused")}
    show(figures if as_json else figures | short, as_json)
