"""`pult restore`: an archive back into an empty data folder."""

from pathlib import Path

import click

from pult.console.output import django


@click.command("restore")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(source: Path) -> None:
    """Bring an archive of `pult backup` back; refuses when there is anything to overwrite.

    Example: PULT_HOME=fresh pult restore agency-2026-11-22.tar.gz
    """
    django()
    from django.conf import settings

    from pult.console.archive import read_archive

    read_archive(
        source,
        home=settings.HOME,
        database=settings.DATABASES["default"],
        files=Path(settings.MEDIA_ROOT),
    )
    click.echo(f"{source}: restored")
