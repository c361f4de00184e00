"""`pult migrate`: create or upgrade the database."""

import click

from pult.console.migrating import refuse_parts_of_what_was_folded
from pult.console.output import django


@click.command("migrate")
def command() -> None:
    """Create or upgrade the database of PULT_DATABASE_URL.

    Example: PULT_DATABASE_URL=postgresql://pult@localhost/agency pult migrate
    """
    django()
    from django.core.management import call_command

    refuse_parts_of_what_was_folded()
    call_command("migrate", verbosity=1)
