"""The facts of what the agency knows. The words stand in editions, which nobody changes."""

from pult.kernel.facts import FactKind, register

WRITTEN = FactKind(
    "knowledge.written",
    "статья базы знаний записана",
    "an entry of knowledge written",
    refs=("entry",),
    fields={"edition": int, "since": str},
    doc="A new entry or a new edition of one; the words are in the edition.",
)
CHECKED = FactKind(
    "knowledge.checked",
    "статья базы знаний проверена",
    "an entry of knowledge checked",
    refs=("entry",),
    fields={"check_by": str},
    doc="Its keeper, or a head, says that it is still so, and when to look again.",
)
KEPT = FactKind(
    "knowledge.kept",
    "хранитель статьи назначен",
    "the keeper of an entry named",
    refs=("entry", "person"),
)
SHELVED = FactKind(
    "knowledge.shelved",
    "статья базы знаний убрана или возвращена",
    "an entry of knowledge put away or brought back",
    shape="state",
    refs=("entry",),
    doc="away | back; the key is the entry.",
)
CONCERNS = FactKind(
    "knowledge.concerns",
    "статья относится к клиенту",
    "an entry concerns a client",
    shape="state",
    refs=("client", "entry"),
    doc="on | off; the key is the entry.",
)

register(WRITTEN, CHECKED, KEPT, SHELVED, CONCERNS)
