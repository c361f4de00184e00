"""`pult up`: the pages and the worker."""

import sys

import click

from pult.console.migrating import migrate
from pult.console.output import django
from pult.console.serving import refuse_taken, serve


@click.command("up")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Web processes.")
@click.option("--no-worker", is_flag=True, help="Serve the pages only.")
def command(host: str, port: int, workers: int, no_worker: bool) -> None:
    """Serve the pages and run the worker, until interrupted.

    Example: pult up --host 0.0.0.0 --port 80
    """
    refuse_taken(host, port)
    django()
    migrate()
    click.echo(f"Pult: http://localhost:{port}")
    sys.exit(serve(host=host, port=port, workers=workers, with_worker=not no_worker))
