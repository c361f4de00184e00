"""`pult sweep`: evaluate everything and compare it with the ledger."""

import sys

import click

from pult.console.output import django, show


@click.command("sweep")
@click.option("--json", "as_json", is_flag=True, help="Print rows, seconds, drift as JSON.")
@click.option("--fast", is_flag=True, help="Take no rests between writes: nobody else is working.")
def command(as_json: bool, fast: bool) -> None:
    """Evaluate the whole regulation, mend what differs from the ledger and say by how many rows.

    Drift above 0 exits with 1: the incremental ledger had missed something.

    Example: pult sweep --json
    """
    django()
    from pult.regulation.worker import nightly, summary

    with click.progressbar(length=100, label="sweep", file=click.get_text_stream("stderr")) as bar:
        shown = 0

        def progress(done: int, total: int) -> None:
            nonlocal shown
            now = done * 100 // max(total, 1)
            bar.update(now - shown)
            shown = now

        report = nightly(progress, polite=not fast)
    show(summary(report), as_json)
    sys.exit(1 if report.drift else 0)
