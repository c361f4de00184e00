"""`pult worker`: the outbox, the timers, the schedules and the long jobs."""

import signal
import threading

import click

from pult.console.output import django


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is waiting and stop.")
def command(once: bool) -> None:
    """Run the worker alone, for a second machine or a process manager of your own.

    Example: pult worker --once
    """
    django()
    from pult.kernel import jobs

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    jobs.work(once=once, stop=stop)
