"""Statements banks export as CSV or XLSX, each in its own way, read by a mapping of columns."""

from pult.integrations.bank_table.reader import (
    WANTED,
    missing_fields,
    propose_mapping,
    read,
    read_mapped,
)

__all__ = ["WANTED", "missing_fields", "propose_mapping", "read", "read_mapped"]
