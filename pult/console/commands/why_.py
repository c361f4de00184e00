"""`pult why`: how a deadline was counted, day by day."""

import sys
from datetime import date, datetime
from typing import Any

import click

from pult.console.output import django, show


@click.command("why")
@click.argument("obligation", type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help="Print the count as JSON.")
@click.option("--language", type=click.Choice(["ru", "en"]), default="ru", show_default=True)
def command(obligation: int, as_json: bool, language: str) -> None:
    """Explain why row OBLIGATION is due when it is: clause, trigger, days, number, calendar.

    The number of a row stands in the address of its "Why this date?" page. A row that is no more
    exits with 1.

    Example: pult why 17 --json
    """
    django()
    from django.utils.translation import override

    from pult.kernel.errors import NotVisible
    from pult.regulation.why import why

    with override(language):
        try:
            found = why(obligation)
        except NotVisible:
            click.echo(f"pult why: there is no row {obligation}", err=True)
            sys.exit(1)
        figures = explained(found)
    if as_json:
        show(figures, True)
        return
    for line in _told(figures):
        click.echo(line)


def explained(found: Any) -> dict[str, Any]:
    """The explanation as plain values; instants in ISO 8601 in the agency's zone, days as dates."""
    row = found.row
    return {
        "obligation": row.id,
        "clause": row.clause,
        "title": row.title,
        "client": row.client,
        "subject": row.subject,
        "state": row.state.name.lower(),
        "due": _iso(found.due),
        "provisional": row.is_provisional,
        "wording": found.wording,
        "sentence": found.sentence,
        "edition": found.edition.edition if found.edition else "",
        "trigger": _fact(found.trigger),
        "evidence": _fact(found.evidence),
        "number": {
            "parameter": found.number.name,
            "value": found.number.value,
            "unit": found.number.unit,
            "side": found.number.side,
            "since": _iso(found.number.since),
            "signed_by": found.number.author,
            "reason": found.number.reason,
        },
        "days": [
            {
                "date": day.date.isoformat(),
                "kind": day.kind,
                "reason": day.reason,
                "name": day.name,
                "counted": day.counted,
                "paused": day.paused,
                "minutes": day.minutes,
            }
            for day in found.days
        ],
        "pauses": [[_iso(start), _iso(end)] for start, end in found.pauses],
        "forecasts": [
            {
                "recorded": _iso(step.recorded_at),
                "day": _iso(step.day),
                "due": _iso(step.due),
                "short_notice": step.short,
            }
            for step in found.forecasts
        ],
        "calendars": [
            {"version": step.number, "due": _iso(step.due), "reason": step.reason}
            for step in found.calendars
        ],
    }


def _signed(number: dict[str, Any]) -> str:
    if not number["since"]:
        return ""
    return f", {number['since']} {number['signed_by']}: {number['reason']}"


def _fact(fact: Any) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {
        "fact": fact.id,
        "label": fact.label,
        "at": _iso(fact.at),
        "recorded": _iso(fact.recorded_at),
        "actor": fact.actor,
    }


def _iso(at: datetime | date | None) -> str:
    """An instant in the agency's zone."""
    from django.utils.timezone import localtime

    if isinstance(at, datetime):
        at = localtime(at)
    return at.isoformat() if at else ""


def _told(figures: dict[str, Any]) -> list[str]:
    number, trigger = figures["number"], figures["trigger"]
    lines = [
        f"{figures['clause']} {figures['title']}: {figures['client'] or figures['subject']}",
        figures["sentence"],
        f"{'trigger':<10} {trigger['label']}, {trigger['at']}" if trigger else "",
        f"{'number':<10} {number['value']} {number['unit']} {number['side']}"
        + (
            f", {number['since']} {number['signed_by']}: {number['reason']}" * bool(number["since"])
        ),
    ]
    lines += [
        f"{'day':<10} {day['date']} {day['kind']:<5} {'+' if day['counted'] else '·'}"
        f" {day['name'] or day['reason']}"
        for day in figures["days"]
    ]
    lines += [f"{'pause':<10} {start} – {end}" for start, end in figures["pauses"]]
    lines.append(f"{'due':<10} {figures['due']}" + (" (≈)" if figures["provisional"] else ""))
    return [line for line in lines if line]
