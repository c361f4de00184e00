"""`pult backup`: one archive of everything."""

from pathlib import Path

import click

from pult.console.output import django, show


@click.command("backup")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(target: Path, as_json: bool) -> None:
    """Write the database, the files and the keys into TARGET while people go on working.

    Example: pult backup agency-2026-11-22.tar.gz
    """
    django()
    from django.conf import settings

    from pult.console.archive import write_archive

    size = write_archive(
        target,
        home=settings.HOME,
        database=settings.DATABASES["default"],
        files=Path(settings.MEDIA_ROOT),
    )
    show({"archive": str(target), "bytes": size}, as_json)
