"""The examples of the cards, run as `pult check` runs them: the ticks on the page are earned."""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from pult.regulation.evaluate.card import Card
from pult.regulation.language.examples.run import run_example
from pult.regulation.pack_text import shipped_pack


@dataclass(frozen=True)
class ShownExample:
    """One example: `cells` stand in the order of the table's columns, empty where silent."""

    name: str
    cells: tuple[str, ...]
    expect: str
    passed: bool
    got: str


@dataclass(frozen=True)
class ExampleTable:
    """A card's examples as a table. `passed` of `count` came out as the card expects."""

    columns: tuple[str, ...]
    rows: tuple[ShownExample, ...]

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def passed(self) -> int:
        return sum(row.passed for row in self.rows)


@lru_cache(maxsize=512)
def drawn_examples(clause: str, edition: str, language: str) -> SafeString:
    """The foldable table of an edition's examples, drawn once: they change with the files alone."""
    table = _run(clause, edition)
    return SafeString(
        render_to_string("regulation/examples.html", {"table": table}) if table.rows else ""
    )


def example_table(card: Card) -> ExampleTable:
    """The examples of an edition with their verdicts; none for an edition whose file moved on."""
    return _run(card.clause, card.edition)


@lru_cache(maxsize=512)
def _run(clause: str, edition: str) -> ExampleTable:
    pack = shipped_pack()
    card = next((c for c in pack.cards if (c.clause, c.edition) == (clause, edition)), None)
    if card is None:
        return ExampleTable((), ())
    columns = tuple(dict.fromkeys(name for each in card.examples for name in each.cells))
    ran = [
        run_example(card, pack.cards, each, pack.vocabulary, pack.parameters)
        for each in card.examples
    ]
    rows = tuple(
        ShownExample(
            name=each.example.name,
            cells=tuple(each.example.cells.get(name, "") for name in columns),
            expect=each.example.expect,
            passed=each.passed,
            got=each.got,
        )
        for each in ran
    )
    return ExampleTable(columns, rows)
