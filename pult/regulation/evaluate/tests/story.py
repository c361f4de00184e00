"""Facts told in a few words, and the ledger read back in a few words."""

from pult.regulation.evaluate import Calendars, Parameters, build_facts, evaluate
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.table import FactRow, Flag, Ledger, Mode, ParameterValue, State
from pult.regulation.evaluate.tests.shapes import clock, local_day, minute, russia


class Story:
    """The facts of one client (root 1) in the order told."""

    def __init__(self) -> None:
        self.rows: list[FactRow] = []
        self.values: list[ParameterValue] = []

    def tell(
        self, kind: str, at: str, *, recorded: str = "", day: str = "", root: int = 1, **more
    ) -> int:
        """Record a fact; refs are given as client=…, line=… and so on. Returns its id."""
        plain = {name: more.pop(name) for name in ("key", "state", "value", "role", "voids")
                 if name in more}  # fmt: skip
        if day:
            plain["day"] = local_day(day)
        instant = minute(at)
        known = minute(recorded) if recorded else instant
        number = len(self.rows) + 1
        refs = {"client": root, **more} if root else more
        self.rows.append(FactRow(number, kind, root, instant, known, refs, **plain))
        return number

    def value(
        self, name: str, value: int, since: str = "1970-01-02", scope: tuple = ("agency", 0),
        recorded: str = "1970-01-02",
    ) -> None:  # fmt: skip
        """Sign a dated value."""
        self.values.append(
            ParameterValue(
                len(self.values) + 1, name, value, minute(since), minute(recorded), scope
            )
        )

    def ledger(self, now: str, *cards: Card, calendars: Calendars | None = None) -> Ledger:
        return evaluate(
            cards,
            build_facts(self.rows),
            Parameters.of(self.values, {1: 7}, Mode.VISIBLE),
            calendars or Calendars.single(russia()),
            minute(now),
        )

    def rows_at(self, now: str, *cards: Card, **more) -> list[str]:
        """«STATE due FLAG FLAG» of each row, in the ledger's order."""
        return [told(row) for row in self.ledger(now, *cards, **more).rows]


def told(row) -> str:
    flags = [flag.name for flag in Flag if row["flags"] & flag]
    return " ".join([State(row["state"]).name, clock(int(row["due"])), *flags])
