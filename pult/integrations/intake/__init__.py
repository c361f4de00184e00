"""Files people bring, from bytes to the actions of the domains: one way for pages and commands.

`recognise` says what a file is about; `open_bank`, `open_spend_file` and `open_clients` read it
by the columns somebody confirmed once; `take_bank`, `take_spend` and `take_clients` bring it in.
"""

from pult.integrations.intake.bank import BankFile, open_bank, take_bank
from pult.integrations.intake.clients import (
    ClientsFile,
    open_clients,
    plan_clients,
    start_clients,
    take_clients,
)
from pult.integrations.intake.columns import NeedsColumns, RepeatedColumns
from pult.integrations.intake.files import LARGEST, clean_name, digest, read_path, too_large
from pult.integrations.intake.recognise import Purpose, recognise
from pult.integrations.intake.spend import SpendFile, first_rows, open_spend_file, take_spend

__all__ = [
    "LARGEST",
    "BankFile",
    "ClientsFile",
    "NeedsColumns",
    "Purpose",
    "RepeatedColumns",
    "SpendFile",
    "clean_name",
    "digest",
    "first_rows",
    "open_bank",
    "open_clients",
    "open_spend_file",
    "plan_clients",
    "read_path",
    "recognise",
    "start_clients",
    "take_bank",
    "take_clients",
    "take_spend",
    "too_large",
]
