"""What moving in from another system records, under root 0; of clients their own domains tell."""

from pult.kernel.facts import FactKind, register

KINDS = (
    FactKind(
        "migration.source",
        "прежняя система подключена или изменена",
        "former system connected or changed",
        refs=("source",),
        fields={"fields": list},
        doc="`fields` are names of columns; a key itself is never told.",
    ),
    FactKind(
        "migration.mapped",
        "соответствие с прежней системой задано",
        "mapping to the former system said",
        refs=("source",),
        fields={"what": str, "user": int, "ours": str},
        doc="Whom one of their people is here, or what one of their statuses makes of a client.",
    ),
    FactKind(
        "migration.batch",
        "перенос из прежней системы",
        "batch from the former system",
        "state",
        refs=("source", "batch"),
        fields={"counts": dict},
        doc="reading | ready | bringing | done | stopped | undoing | undone; the key is the batch.",
    ),
    FactKind(
        "migration.decided",
        "расхождение с прежней системой решено",
        "difference from the former system decided",
        refs=("source", "client", "difference"),
        fields={"field": str, "decision": str},
        doc="`decision`: theirs, ours or later; the words stay in the row until then.",
    ),
    FactKind(
        "migration.cut_over",
        "команда перешла в Пульт",
        "team cut over to Pult",
        "date",
        refs=("source", "team"),
        doc="The key is the team: from the day on its clients live here alone; a void ends it.",
    ),
)

register(*KINDS)
