"""`pult calendar`: the production calendar of a year, as this agency keeps it."""

from collections import Counter
from datetime import date, timedelta

import click

from pult.console.output import django, show


@click.command("calendar")
@click.argument("year", type=click.IntRange(1970, 2069))
@click.option("--json", "as_json", is_flag=True, help='Print {"2026-01-01": "off", …}.')
def command(year: int, as_json: bool) -> None:
    """Print which days of YEAR are working, off or short, the agency's own days included.

    Example: pult calendar 2026 --json
    """
    django()
    kinds = days_of(year)
    if as_json:
        show(kinds, True)
        return
    for month in range(1, 13):
        days = {day: kind for day, kind in kinds.items() if int(day[5:7]) == month}
        line = " ".join(_mark(day, kind) for day, kind in days.items())
        counted = Counter(days.values())
        click.echo(f"{year}-{month:02}  {line}  {counted['work'] + counted['short']}")
    counted = Counter(kinds.values())
    click.echo(f"work {counted['work']}, short {counted['short']}, off {counted['off']}")


def days_of(year: int) -> dict[str, str]:
    """Every day of a year: ISO date → work, off or short."""
    from django.db import DatabaseError

    from pult.kernel.calendar import day_index
    from pult.regulation.calendars import current_calendar, shipped

    try:
        calendar = current_calendar()
    except DatabaseError:  # no database yet: the calendar as it ships
        calendar = shipped()
    first = date(year, 1, 1)
    count = (date(year + 1, 1, 1) - first).days
    days = [first + timedelta(offset) for offset in range(count)]
    return {day.isoformat(): calendar.kind(day_index(day)) for day in days}


def _mark(day: str, kind: str) -> str:
    return {"work": day[8:], "short": f"{day[8:]}*", "off": "··"}[kind]
