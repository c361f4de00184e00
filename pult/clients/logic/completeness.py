"""How much of a client's card is filled in, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass

# What an account manager needs, in the order to ask for it: the month's work first.
WORK = ("manager", "decider", "reachable", "payer", "contract", "line", "budget", "feed")
KNOWN = ("contacts", "goal", "need", "business", "product", "market", "promotion")
HABITS = ("payment", "documents", "reporting", "solvency", "folder", "plan", "relation")
PARTS = (*WORK, *KNOWN, *HABITS)
# A judgement of solvency older than this many days is asked for anew: twice a year.
SOLVENCY_DAYS = 183


@dataclass(frozen=True)
class Completeness:
    """`percent` of the parts present, and the codes of those missing in the order to fill them."""

    percent: int
    missing: tuple[str, ...]


def completeness(present: Mapping[str, bool]) -> Completeness:
    """Judge a card by which of `PARTS` it has; a part not mentioned does not concern it."""
    asked = [part for part in PARTS if part in present]
    missing = tuple(part for part in asked if not present[part])
    done = len(asked) - len(missing)
    return Completeness(percent=100 * done // len(asked) if asked else 100, missing=missing)
