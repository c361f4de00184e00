"""What a handover needs before it may go on, and how clients are shared out. Plain values only."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

# Fields of the brief that people fill, with their clauses; the rest of 2.8 is automatic.
BRIEF = {"folder": "2.8.4", "sold": "2.8.5", "proposal": "2.8.6", "contacts": "2.8.8"}
WRITTEN = ("folder", "sold", "proposal", "goals", "wishes")
SIGNED = ("contract", "appendix", "addendum", "invoice")
AGREED = ("proposal", "plan", "strategy")
PAPERS = (*SIGNED, *AGREED)
# Papers a project may really be without: the word «none» is an answer.
MAY_BE_NONE = frozenset(["appendix", "addendum"])
STUDIED = ("contract", "appendix", "brief", "proposal", "plan")
# Part of the handover → the clause whose gate asks for it.
GATES = {
    "paid": "2.2",
    "signed": "2.3",
    "agreed": "2.4",
    "brief": "2.6",
    "papers": "2.7",
    "requisites": "2.13",
}
# What one manager tells the next (2.1.1–2.1.12), and the promises, which are ours.
ITEMS = {
    "product": "2.1.1",
    "tools": "2.1.2",
    "budgets": "2.1.3",
    "periods": "2.1.4",
    "payment": "2.1.5",
    "traits": "2.1.6",
    "documents": "2.1.7",
    "reporting": "2.1.8",
    "grievances": "2.1.9",
    "goals": "2.1.10",
    "tasks": "2.1.11",
    "access": "2.1.12",
    "promises": "2.1",
}
AIMS = ("meet", "rapport", "brief", "client", "product", "goals")
GAPS = ("term", "cost")


@dataclass(frozen=True)
class Readiness:
    """Which parts of a handover from sales are there; `lacking` names what is not, by part."""

    lacking: Mapping[str, tuple[str, ...]]

    def state(self, part: str) -> str:
        return "lacking" if self.lacking.get(part) else "full"

    @property
    def is_full(self) -> bool:
        return not any(self.lacking.values())


def readiness(
    *,
    brief: Mapping[str, bool],
    papers: Collection[str],
    paid: bool,
    requisites: bool,
) -> Readiness:
    """`brief`: field → filled; `papers`: kinds that are there or said to be none; `paid`: all of
    it, or a part the head agreed to."""
    there = set(papers)
    signed = tuple(kind for kind in SIGNED if kind not in there)
    agreed = tuple(kind for kind in AGREED if kind not in there)
    return Readiness(
        {
            "paid": () if paid else ("paid",),
            "signed": signed,
            "agreed": agreed,
            "brief": tuple(field for field in BRIEF if not brief.get(field)),
            "papers": (*signed, *agreed),
            "requisites": () if requisites else ("requisites",),
        }
    )


def missing_items(known: Collection[str], said: Collection[str]) -> tuple[str, ...]:
    """Items that neither Pult knows nor anybody has told; access moves by itself."""
    there = {*known, *said, "access"}
    return tuple(code for code in ITEMS if code not in there)


def clause_of(about: str) -> str:
    """The clause to cite for a field, a paper or an item."""
    if about in BRIEF:
        return BRIEF[about]
    if about in SIGNED:
        return GATES["signed"]
    if about in AGREED:
        return GATES["agreed"]
    return ITEMS.get(about) or GATES.get(about, "2.10")


def gaps(
    *, days: int | None, cost: int | None, plan_days: int | None, plan_cost: int | None
) -> tuple[str, ...]:
    """Where the client expects more than is agreed: the goal sooner than the work ends (days),
    or more work than the budgets of a month carry (kopecks)."""
    found = []
    if days is not None and plan_days is not None and days < plan_days:
        found.append("term")
    if cost is not None and plan_cost is not None and cost < plan_cost:
        found.append("cost")
    return tuple(found)


@dataclass(frozen=True)
class Place:
    """A manager who may take clients: the weight they hold and may hold (None: no limit)."""

    user_id: int
    held: int
    limit: int | None = None

    def fits(self, more: int) -> bool:
        return self.limit is None or self.held + more <= self.limit


def share_out(clients: Mapping[int, int], places: Iterable[Place]) -> dict[int, int]:
    """Client → manager, of client → weight: each client goes to whoever then holds the least and
    has room, the heaviest client first.

    With no room anywhere a client stays out: nobody is loaded beyond the limit unasked.
    """
    known = {place.user_id: place for place in places}
    taken = dict.fromkeys(known, 0)
    shared: dict[int, int] = {}
    for client, weight in sorted(clients.items(), key=lambda one: (-one[1], one[0])):
        free = [place for place in known.values() if place.fits(taken[place.user_id] + weight)]
        if not free:
            continue
        best = min(free, key=lambda place: (place.held + taken[place.user_id], place.user_id))
        taken[best.user_id] += weight
        shared[client] = best.user_id
    return shared
