"""What pages and commands ask about moving in."""

from pult.integrations.migration.queries.batches import (
    BatchCard,
    BatchLine,
    Question,
    batch_card,
    batch_lines,
    latest_ready,
)
from pult.integrations.migration.queries.differences import (
    DifferenceItem,
    difference_items,
    open_differences,
)
from pult.integrations.migration.queries.former import FormerPage, former_file, former_of
from pult.integrations.migration.queries.sources import (
    PersonItem,
    SourceCard,
    SourceItem,
    StatusItem,
    TeamItem,
    people_of,
    source_card,
    source_items,
    source_name,
    sources_in_trouble,
    statuses_of,
)

__all__ = [
    "BatchCard",
    "BatchLine",
    "DifferenceItem",
    "FormerPage",
    "PersonItem",
    "Question",
    "SourceCard",
    "SourceItem",
    "StatusItem",
    "TeamItem",
    "batch_card",
    "batch_lines",
    "difference_items",
    "former_file",
    "former_of",
    "latest_ready",
    "open_differences",
    "people_of",
    "source_card",
    "source_items",
    "source_name",
    "sources_in_trouble",
    "statuses_of",
]
