"""The move-in: plan, stage out of sight, post at once, tell the facts; and undo."""

from pult.clients.actions.movein.batches import run_import, start_import
from pult.clients.actions.movein.preview import Preview, mapping_for, preview_import
from pult.clients.actions.movein.undo import UndoReport, undo_import

__all__ = [
    "Preview",
    "UndoReport",
    "mapping_for",
    "preview_import",
    "run_import",
    "start_import",
    "undo_import",
]
