"""The facts of talking with clients. What was said stays in rows that can be erased."""

from pult.kernel.facts import FactKind, register

KINDS = (
    FactKind(
        "contact.logged",
        "контакт с клиентом",
        "contact with the client",
        refs=("client",),
        fields={"channel": str, "direction": str},
        doc="Its state: two_way | attempt | light | missed (the client began, nobody answered).",
    ),
    FactKind(
        "contact.elsewhere",
        "контакт другого отдела с клиентом",
        "another department's contact with the client",
        refs=("client",),
        fields={"channel": str, "direction": str},
        doc="Its state: two_way | attempt | light. No duty of the manager's is met by it.",
    ),
    FactKind(
        "contact.seen",
        "контакты других отделов просмотрены",
        "contacts of other departments seen",
        refs=("client",),
        audience="department",
        doc="`value` is how many were new.",
    ),
    FactKind(
        "meeting.held",
        "встреча с клиентом",
        "meeting with the client",
        refs=("client",),
        doc="A meeting that took place and left minutes.",
    ),
    FactKind(
        "contact.waits",
        "ждём ответа клиента",
        "the client owes an answer",
        "state",
        refs=("client",),
        doc="on: we asked and the next word is the client's; off: it answered.",
    ),
    FactKind(
        "contact.note_erased",
        "слова записи стёрты",
        "the words of an entry erased",
        refs=("client", "contact"),
        doc="Somebody erased what was said; that there was a contact stays.",
    ),
)

register(*KINDS)
