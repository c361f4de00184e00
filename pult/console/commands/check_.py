"""`pult check`: every example of every clause card."""

import sys
from pathlib import Path

import click

from pult.console.output import django, show


@click.command("check")
@click.argument(
    "pack", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--language", type=click.Choice(["ru", "en"]), default="ru", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(pack: Path | None, language: str, as_json: bool) -> None:
    """Run every example of every card of PACK (by default the shipped one).

    Prints what each clause is; exits with 1 when a card is refused or an example fails.

    Example: pult check regulations/agency --json
    """
    django()
    from django.conf import settings

    from pult.kernel.facts import kinds
    from pult.regulation.language.check import Report, check

    report: Report = check(pack or settings.REGULATION_PACK, kinds())
    if as_json:
        show(report.as_dict(language), True)
    else:
        _print(report, language)
    sys.exit(0 if report.good else 1)


def _print(report, language: str) -> None:
    for card in report.pack.cards:
        title = card.title if language == "ru" else card.title_en
        mark = "·" if card.planned else " "
        click.echo(f"{mark} {card.clause:<7} {card.kind:<12} {title}")
    click.echo()
    for kind, count in report.kinds.items():
        click.echo(f"{kind:<20} {count}")
    click.echo(f"{'examples':<20} {len(report.ran)}, {len(report.failures)} failed")
    if report.planned:
        click.echo(f"· {'planned facts':<18} {', '.join(report.planned)}")
    data = report.as_dict(language)
    for problem in data["problems"]:
        click.echo(_place(problem), err=True)
    for failure in data["failures"]:
        click.echo(_place(failure), err=True)
    for remark in data["remarks"]:
        click.echo(f"  {_place(remark)}")


def _place(row: dict) -> str:
    where = f"{row.get('file', '')}:{row.get('line', '')}"
    rest = ", ".join(
        f"{name}: {value}" for name, value in row.items() if name not in ("file", "line")
    )
    return f"{where}: {row.get('message') or rest}"
