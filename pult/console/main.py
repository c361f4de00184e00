"""The `pult` command: one agency's Pult from the shell.

Every command honours PULT_HOME and PULT_DATABASE_URL. Exit status: 0 done, 1 refused or failed
(the reason stands on standard error), 2 called wrongly.
"""

import importlib
import os
import sys

import click

COMMANDS = {
    "backup": "Write everything this Pult knows into one archive.",
    "bench": "Measure Pult on this machine.",
    "calendar": "Print the production calendar of a year.",
    "check": "Run every example of every clause card.",
    "demo": "Load the demo agency and serve it.",
    "entity": "Add, list or edit the agency's own legal entities.",
    "import": "Take in a bank statement, ad spend, clients or another system.",
    "messages": "Compile the language catalogues.",
    "migrate": "Create or upgrade the database.",
    "restore": "Bring an archive back into an empty data folder.",
    "seed": "Fill an empty database with a generated agency.",
    "sweep": "Evaluate the whole regulation and compare it with the ledger.",
    "up": "Serve the pages and run the worker.",
    "user": "Invite or list the people of this Pult.",
    "why": "Explain the date of one obligation.",
    "worker": "Run the worker alone.",
}


class Lazy(click.Group):
    """Commands are modules of `pult.console.commands`, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return importlib.import_module(f"pult.console.commands.{cmd_name}_").command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pult")
def cli() -> None:
    """Pult runs the regulation of an agency's client-service department.

    Example: pult demo
    """


def main() -> None:
    """The entry point installed as `pult`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pult.settings")
    from pult.kernel.errors import PultError

    try:
        cli(standalone_mode=True)
    except PultError as error:
        click.echo(f"pult: {error}", err=True)
        sys.exit(1)
