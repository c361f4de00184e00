"""The move-in: plan, stage out of sight, post at once, tell the facts; and undo."""

from pult.clients.actions.movein.batches import run_import, start_import
from pult.clients.actions.movein.preview import Preview, mapping_for, preview_import, row_errors
from pult.clients.actions.movein.texts import RowError
from pult.clients.actions.movein.undo import UndoReport, undo_import

__all__ = [
    "Preview",
    "RowError",
    "UndoReport",
    "mapping_for",
    "preview_import",
    "row_errors",
    "run_import",
    "start_import",
    "undo_import",
]
