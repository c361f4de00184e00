"""Whom a file means by the name of an account manager."""

from collections.abc import Iterable
from difflib import get_close_matches

from pult.clients.logic.movein.gathering import Tokens
from pult.clients.logic.movein.reading import RowProblem, RowValues
from pult.clients.logic.movein.shapes import Person

# How many people are offered for one nobody knows.
OFFERED = 5


class Managers:
    """The people a file may name, each name of it looked up once."""

    def __init__(self, people: Iterable[Person], tokens: Tokens) -> None:
        self._tokens = tokens
        self._people = [(p, p.email.lower(), frozenset(tokens(p.name))) for p in people]
        self._found: dict[str, list[Person]] = {}

    def of(self, text: str) -> int | None:
        """The id of the one person meant; None when nobody, or more than one, can be."""
        found = self._meant(text)
        return found[0].id if len(found) == 1 else None

    def problems(self, rows: Iterable[RowValues]) -> list[RowProblem]:
        """Every row that names somebody nobody knows or several may be; `hint` holds whom it may
        mean."""
        problems = []
        for row in rows:
            text = row.values.get("am", "")
            if text and self.of(text) is None:
                found = self._meant(text)
                code = "am_many" if found else "am_unknown" if self._people else "am_nobody"
                hint = ", ".join(p.name for p in found) or self._likely(text)
                problems.append(RowProblem(row.line, "am", "", code, text, hint))
        return problems

    def _meant(self, text: str) -> list[Person]:
        """By mailbox, or by all the words it gives of a name."""
        if text not in self._found:
            wanted, words = text.strip().lower(), frozenset(self._tokens(text))
            found = [person for person, email, _name in self._people if email == wanted]
            found = found or [p for p, _email, name in self._people if words and words <= name]
            self._found[text] = found
        return self._found[text]

    def _likely(self, text: str) -> str:
        names = {person.name.casefold(): person.name for person, _email, _name in self._people}
        close = get_close_matches(text.casefold(), names, OFFERED) or list(names)[:OFFERED]
        return ", ".join(names[name] for name in close)
