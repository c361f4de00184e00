"""Facts: what happened, append-only. Domains register kinds, actions record, pages read."""

from pult.kernel.facts.acting import acting, lock_roots, on_record, on_record_many
from pult.kernel.facts.drafts import Draft, on_behalf
from pult.kernel.facts.kinds import FactKind, kind_of, kinds, register, upcaster
from pult.kernel.facts.reading import TimelineItem, payload_of, standing, tail_since, timeline
from pult.kernel.facts.writing import (
    Encoded,
    encode,
    insert_encoded,
    record,
    record_aside,
    record_draft,
    record_many,
    void,
)

__all__ = [
    "Draft",
    "Encoded",
    "FactKind",
    "TimelineItem",
    "acting",
    "encode",
    "insert_encoded",
    "kind_of",
    "kinds",
    "lock_roots",
    "on_behalf",
    "on_record",
    "on_record_many",
    "payload_of",
    "record",
    "record_aside",
    "record_draft",
    "record_many",
    "register",
    "standing",
    "tail_since",
    "timeline",
    "upcaster",
    "void",
]
