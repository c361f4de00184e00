"""Arithmetic of people and days: no database here."""

from pult.people.logic.dated import (
    Away,
    Held,
    Span,
    absent_on,
    holders,
    is_place,
    stand_ins,
    stood_in_for,
    zone_of,
)
from pult.people.logic.spans import Post, reports, tone_of

__all__ = [
    "Away",
    "Held",
    "Post",
    "Span",
    "absent_on",
    "holders",
    "is_place",
    "reports",
    "stand_ins",
    "stood_in_for",
    "tone_of",
    "zone_of",
]
