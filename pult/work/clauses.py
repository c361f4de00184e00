"""Which clauses a task may be given back by, and their names."""

from pult.regulation.labels import clause_title, in_order

# A request to production may break the form of tasks, or a chapter that speaks of requests.
ALWAYS = ("М4.0", "13.2", "13.3", "13.6")
CHAPTERS = frozenset({"0", "4", "5", "6", "7", "8", "9", "10", "11", "13", "М4"})


def bounce_clauses() -> dict[str, str]:
    """Clause → its title in the reader's language, the form of tasks (М4.0) first."""
    cited = [card.clause for card in in_order() if card.clause.partition(".")[0] in CHAPTERS]
    return {clause: clause_title(clause) for clause in (*ALWAYS, *cited)}
