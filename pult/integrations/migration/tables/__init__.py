"""Exports of former systems: CSV and XLSX whose columns a person may correct.

Titles are those of the systems' own exports, as far as anybody wrote them down; what is guessed
wrongly is said once by a person and remembered for files of the same columns.
"""

from pult.integrations.migration.tables.reading import Export, key_of, open_export
from pult.integrations.migration.tables.titles import KINDS, REQUIRED, TITLES

__all__ = ["KINDS", "REQUIRED", "TITLES", "Export", "key_of", "open_export"]
