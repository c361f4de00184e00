"""One door to every statement format."""

from importlib import import_module

from pult.integrations.statement.detect import BANK_1C, CAMT_053, CSV, MT_940, XLSX, detect
from pult.integrations.statement.model import Statement

# Readers import this package's model, so they are found by name and loaded when first needed.
_READERS = {
    BANK_1C: "pult.integrations.bank_1c",
    CAMT_053: "pult.integrations.camt053",
    MT_940: "pult.integrations.mt940",
    CSV: "pult.integrations.bank_table",
    XLSX: "pult.integrations.bank_table",
}


def read(data: bytes, filename: str = "") -> Statement:
    """The statement in `data`; `filename` only makes refusals clearer.

    Raises UnknownFormat for a file that is no statement. A bad row does not raise: it stands in
    `problems` with its line, and the rest of the file is in `documents`.
    """
    reader = import_module(_READERS[detect(data)])
    return reader.read(data)
