"""Which rows a card edition may ask for at all: edition, go-live, exceptions."""

from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.triggers import Born


def in_force(reader: Reader, rows: Born, until: int, *, excepted: bool = True) -> Born:
    """Rows opened while the edition was in force, after go-live, and (when `excepted` rows are to
    go) outside every exception."""
    if not len(rows):
        return rows
    opened = rows.opened
    kept = (opened >= reader.card.effective_from) & (opened < until)
    kept &= opened >= reader.parameters.go_live(reader.now, rows.cells.root)
    for exception in reader.card.exceptions if excepted else ():
        kept &= ~reader.holds(exception.condition, rows.cells, opened)
    return rows.take(kept.nonzero()[0])
