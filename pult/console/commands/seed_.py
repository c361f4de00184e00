"""`pult seed`: a generated agency for measuring."""

import time

import click

from pult.console.output import django, show


@click.command("seed")
@click.option("--clients", default=1000, show_default=True, type=click.IntRange(1, 200_000))
@click.option("--facts", default=200_000, show_default=True, type=click.IntRange(0, 20_000_000))
@click.option(
    "--tasks", default=20, show_default=True, type=click.IntRange(0, 200), help="For each client."
)
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same agency.")
@click.option("--sweep/--no-sweep", default=True, show_default=True, help="Build the ledger too.")
@click.option("--json", "as_json", is_flag=True)
def command(clients: int, facts: int, tasks: int, seed: int, sweep: bool, as_json: bool) -> None:
    """Fill an empty database with CLIENTS clients, a year of FACTS facts and TASKS for each client.

    Refuses a database that anybody works in.

    Example: PULT_HOME=var/bench pult seed --clients 10000 --facts 2000000 --seed 1
    """
    django()
    from django.conf import settings
    from django.core.management import call_command

    from pult.console.seed.load import seed_agency
    from pult.console.untouched import refuse_work_of_others
    from pult.kernel import clock
    from pult.regulation.worker import nightly, summary

    refuse_work_of_others()
    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    with click.progressbar(length=facts, label="seed", file=click.get_text_stream("stderr")) as bar:
        shown = 0

        def progress(_name: str, done: int, _total: int) -> None:
            nonlocal shown
            bar.update(done - shown)
            shown = done

        made = seed_agency(
            clients=clients,
            facts=facts,
            seed=seed,
            tasks=tasks,
            today=clock.today(settings.TIME_ZONE),
            progress=progress,
        )
    figures = {**vars(made), "seconds": round(time.perf_counter() - began, 1)}
    if sweep:
        figures["sweep"] = summary(nightly(polite=False))
    show(figures, as_json)
