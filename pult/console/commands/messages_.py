"""`pult messages`: compile every language catalogue beside its source."""

import click

from pult.kernel.catalogues import compile_catalogues


@click.command("messages")
def command() -> None:
    """Compile the language catalogues (django.po → django.mo).

    Example: pult messages
    """
    for path, count in compile_catalogues():
        click.echo(f"{path}: {count}")
