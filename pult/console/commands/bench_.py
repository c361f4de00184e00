"""`pult bench`: the figures of Pult."""

import sys

import click

from pult.console.output import django, show

MARKS = {True: "good", False: "OVER", None: ""}


@click.command("bench")
@click.option("--only", multiple=True, metavar="NAME", help="A group of figures; may repeat.")
@click.option("--quick", is_flag=True, help="Small loads: a check that every figure can be taken.")
@click.option("--in-place", is_flag=True, help="Write into this very database, not into a copy.")
@click.option("--json", "as_json", is_flag=True, help="Print name, value, unit, goal, load, good.")
def command(only: tuple[str, ...], quick: bool, in_place: bool, as_json: bool) -> None:
    """Measure this agency: sweeps, acts, what-if, pages, imports, the forecast, memory.

    Figures that write are taken on a copy of the SQLite file, which needs as much room again.
    Groups: calendar, forecast, whatif, sweep, rebuilt, pages, serving, throughput, acts, beside
    (that is beside-sweep, beside-statement and beside-spend).

    Example: PULT_HOME=var/bench pult bench --only sweep --only pages --json
    """
    django()
    from django.conf import settings
    from django.db import connection

    from pult.console.bench.run import GROUPS, SEVERAL, measure

    if strange := [name for name in only if name not in {*GROUPS, *SEVERAL}]:
        raise click.BadParameter(f"{strange[0]} is not one of {', '.join(GROUPS)}")
    sqlite = connection.vendor == "sqlite"
    figures = measure(
        list(only),
        home=settings.HOME,
        database=str(connection.settings_dict["NAME"]) if sqlite else "",
        quick=quick,
        in_place=in_place,
        progress=lambda name: click.echo(f"bench: {name}", err=True),
    )
    if as_json:
        show(figures, True)
    else:
        for row in figures:
            value = "—" if row["value"] is None else f"{row['value']:g}"
            goal = "" if row["goal"] is None else f"goal {row['goal']:g}"
            mark = MARKS[row["good"]]  # type: ignore[index]
            name = f"{row['name']:<34} {value:>10} {row['unit']:<8}"
            click.echo(f"{name} {goal:<10} {mark:<5} {row['load']}")
    sys.exit(
        1 if any(row["value"] is None and "ended" in str(row["load"]) for row in figures) else 0
    )
