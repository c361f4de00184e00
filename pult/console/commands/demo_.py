"""`pult demo`: the demo agency, ready to click through."""

import json
import os
import shutil
import sys
from datetime import date
from pathlib import Path

import click

from pult.console.migrating import migrate
from pult.console.output import django
from pult.console.serving import refuse_taken, serve


@click.command("demo")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--load-only", is_flag=True, help="Load the agency and stop.")
def command(host: str, port: int, load_only: bool) -> None:
    """Load the demo agency (once a day) and serve it with one-click sign-in.

    Its dates are relative to today: on another day the old demo is laid aside and lived anew.
    A database with real data is refused.

    Example: PULT_HOME=var/demo pult demo
    """
    os.environ["PULT_DEMO"] = "1"
    if not load_only:
        refuse_taken(host, port)
    django()
    from django.conf import settings

    from pult.console.demo.build import refuse_real_data
    from pult.kernel import clock

    today = clock.today(settings.TIME_ZONE)
    refuse_real_data()
    migrate()
    _load(today, settings.HOME)
    _tell(host, port)
    if load_only:
        return
    sys.exit(serve(host=host, port=port, workers=2))


def _load(today: date, home: Path) -> None:
    from django.db import connection

    from pult.console.demo.build import load
    from pult.console.untouched import is_untouched

    mark = home / "demo.json"
    lived = json.loads(mark.read_text()).get("day") if mark.exists() else ""
    if not is_untouched():
        if lived == today.isoformat():
            return
        if connection.vendor != "sqlite" and lived:
            click.echo(f"This demo ends on {lived}; empty its database to live it up to today.")
            return
        _lay_aside(home, lived)
    with click.progressbar(
        length=100,
        label="Десять недель агентства / ten weeks of the agency",
        file=click.get_text_stream("stderr"),
    ) as bar:
        shown = 0

        def progress(done: int, total: int) -> None:
            nonlocal shown
            bar.update(done * 100 // total - shown)
            shown = done * 100 // total

        load(today, home / "samples", progress)
    mark.write_text(json.dumps({"day": today.isoformat()}))


def _lay_aside(home: Path, lived: str) -> None:
    """Keep the old demo's database beside the new one, under its last day (or "unfinished")."""
    from django.db import connection

    path = Path(connection.settings_dict["NAME"])
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        old = Path(f"{path}{suffix}")
        if old.exists():
            shutil.move(old, home / f"demo-{lived or 'unfinished'}.sqlite3{suffix}")
    shutil.rmtree(home / "snapshot", ignore_errors=True)
    migrate()


def _tell(host: str, port: int) -> None:
    from pult.kernel.roles import Role
    from pult.people.queries import first_holders

    click.echo(f"Pult: http://localhost:{port}")
    click.echo("Войти одной кнопкой / sign in with one click:")
    for role, user in first_holders().items():
        click.echo(f"  {Role(role).label!s:<38} {user.full_name}")
