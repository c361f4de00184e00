"""Which clauses a task may be given back by, and their names."""

from pult.regulation.labels import clause_title, in_order

# A request to production may break the form of tasks, or a chapter that speaks of requests.
ALWAYS = ("М4.0", "13.2", "13.3", "13.6")
# Form of a task → what a request by it breaks most often.
LIKELY = {
    "launch": ("6.1", "6.2", "8.3.1", "8.3.2", "8.3.3", "8.3.4"),
    "plan": ("4.1", "4.2"),
    "optimisation": ("9.4", "9.7"),
    "design": ("6.2",),
    "creative": ("6.2",),
    "report": ("10.1",),
    "general_report": ("10.1",),
    "audit": ("11.3",),
    "appendix": ("5.5", "5.6", "5.7"),
    "invoice_docs": ("5.5", "5.6"),
}
CHAPTERS = frozenset({"0", "4", "5", "6", "7", "8", "9", "10", "11", "13", "М4"})


def bounce_clauses() -> dict[str, str]:
    """Clause → its title in the reader's language, the form of tasks (М4.0) first."""
    cited = [card.clause for card in in_order() if card.clause.partition(".")[0] in CHAPTERS]
    return {clause: clause_title(clause) for clause in (*ALWAYS, *cited)}


def likely_clauses(template: str) -> tuple[str, ...]:
    """Those of them a task of this form is given back by most often, the form of tasks first."""
    known = bounce_clauses()
    return tuple(one for one in ("М4.0", *LIKELY.get(template, ()), "13.6") if one in known)
