"""What an edit of a day would move, shown before it is signed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from pult.kernel.errors import NotVisible
from pult.regulation.retro import Changed, calendar_changes
from pult.web.pages.calendar.page import KINDS, YEARS, DayPage, day_page

MOST_CHANGES, SHOWN_CHANGES = 500, 50


def edit_preview(day: date, unit: str, sent: Mapping[str, str]) -> DayPage | None:
    """The day with the rows its edit moves; None when there are none or they were seen."""
    kind = sent.get("kind", "")
    if sent.get("seen") or kind not in (*KINDS, "") or not sent.get("reason", "").strip():
        return None
    changes = calendar_changes(unit=unit, day=day, kind=kind, limit=MOST_CHANGES)
    if not changes.rows:
        return None
    sooner = tuple(sorted(changes.changed, key=_moved_by))[:SHOWN_CHANGES]
    return replace(day_page(day, unit, sent), changes=replace(changes, changed=sooner))


def _moved_by(one: Changed) -> timedelta:
    """How much later a row is due; what comes nearer stands first."""
    return one.due - one.row.due if one.due and one.row.due else timedelta.min


def day_of_text(text: str) -> date:
    """A day out of an address; NotVisible when it is none of ours."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotVisible("") from None
    if day.year not in YEARS:
        raise NotVisible("")
    return day
