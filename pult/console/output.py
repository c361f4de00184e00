"""What commands print: figures as JSON or as aligned lines, progress on standard error."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import click
import orjson

from pult.kernel.memory import no_collections

T = TypeVar("T")


@no_collections()
def django() -> None:
    """Load the framework; commands that need no database do without."""
    import django as framework

    framework.setup()


def show(figures: Any, as_json: bool) -> None:
    """Print `figures` as one JSON document, or one line a figure."""
    if as_json:
        click.echo(orjson.dumps(figures, option=orjson.OPT_INDENT_2, default=str).decode())
        return
    for name, value in figures.items():
        click.echo(f"{name:<28} {value}")


def progress(items: Iterable[T], label: str, length: int | None = None) -> Iterator[T]:
    """Yield `items`, drawing a bar on standard error when somebody looks at it."""
    with click.progressbar(
        items, label=label, length=length, file=click.get_text_stream("stderr")
    ) as bar:
        yield from bar
