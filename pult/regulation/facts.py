"""The facts the regulation itself records."""

from pult.kernel.facts import FactKind, register
from pult.regulation.evaluate.reads import DEADLINE

SUBJECTS = (
    "client",
    "line",
    "invoice",
    "campaign",
    "creative",
    "task",
    "bounce",
    "document",
    "question",
    "promise",
    "person",
    "site",
    "report",
    "handover",
    "feed",
    "account",
)
ANY_SUBJECT = tuple(f"{subject}?" for subject in SUBJECTS)

WAIVER_GRANTED = FactKind(
    "waiver.granted",
    "сделано исключение",
    "exception granted",
    shape="state",
    refs=ANY_SUBJECT,
    fields={"reason_code": str, "by_role": str},
    doc="Key: clause; state on|off; day: the last day it holds; value: row key, 0 for all rows.",
)
GATE_REFUSED = FactKind(
    "gate.refused",
    "действие не разрешено",
    "act refused",
    refs=ANY_SUBJECT,
    fields={"action": str, "missing": list},
    doc="Key: clause. Somebody tried an act before its condition held.",
)
POSTPONED = FactKind(
    "obligation.postponed",
    "строка отложена",
    "row postponed",
    refs=ANY_SUBJECT,
    doc="Key: clause; value: row key; day: hidden until.",
)
BROUGHT_BACK = FactKind(
    "obligation.brought_back",
    "строка возвращена в день",
    "row brought back",
    refs=ANY_SUBJECT,
    doc="Key: clause; value: row key. A postponement was undone before its day.",
)
DISPUTED = FactKind(
    "obligation.disputed",
    "строка оспорена",
    "row disputed",
    shape="state",
    refs=(*ANY_SUBJECT, f"{DEADLINE}?"),
    fields={"dispute": int},
    doc="Key: clause; value: row key; state open|upheld|rejected; deadline: which one of several, "
    "from 1; without it all of them. Dispute: the row that has the proof and the answer.",
)
USELESS = FactKind(
    "obligation.useless",
    "строка признана бесполезной",
    "row found useless",
    refs=ANY_SUBJECT,
    fields={"row": int},
    doc="Key: clause. Somebody says this question helped nobody.",
)
PARAMETER_SIGNED = FactKind(
    "parameter.signed",
    "подписано значение параметра",
    "parameter value signed",
    fields={"scope_type": str, "scope_id": int},
    doc="Key: parameter; value; day: effective from.",
)
CARD_SIGNED = FactKind(
    "card.signed",
    "подписана редакция пункта",
    "card edition signed",
    fields={"edition": str},
    doc="Key: clause; day: effective from.",
)
MODE_SET = FactKind(
    "mode.set",
    "изменён режим пункта",
    "clause mode set",
    fields={"team": int},
    doc="Key: clause; value: mode; day: since.",
)
GO_LIVE_SET = FactKind(
    "golive.set",
    "назначен первый день регламента",
    "first day of the regulation set",
    fields={"scope_type": str, "scope_id": int},
    doc="Day: nothing is asked about triggers before it.",
)
CALENDAR_EDITED = FactKind(
    "calendar.edited",
    "изменён календарь",
    "calendar edited",
    fields={"unit": str, "kind": str},
    doc="Day: the edited day; value: the calendar's version.",
)
HOURS_SIGNED = FactKind(
    "calendar.hours",
    "подписаны часы работы",
    "working hours signed",
    fields={"unit": str, "start": str, "end": str, "lunch_start": str, "lunch_end": str},
    doc="Day: since; value: the calendar's version; without hours: the agency's again.",
)
ESCALATION_SENT = FactKind(
    "escalation.sent",
    "просрочка дошла до человека",
    "somebody was told of an overdue row",
    refs=("client?", "person"),
    fields={"role": str, "row": int, "due": int},
    doc="Key: clause; value: the rung; row: the obligation; due: its minute.",
)
DRIFT_FOUND = FactKind(
    "ledger.drifted",
    "реестр разошёлся с фактами",
    "the ledger differed from the facts",
    doc="Value: how many rows the nightly sweep had to mend.",
)

KINDS = (
    WAIVER_GRANTED,
    GATE_REFUSED,
    POSTPONED,
    BROUGHT_BACK,
    DISPUTED,
    USELESS,
    PARAMETER_SIGNED,
    CARD_SIGNED,
    MODE_SET,
    GO_LIVE_SET,
    CALENDAR_EDITED,
    HOURS_SIGNED,
    ESCALATION_SENT,
    DRIFT_FOUND,
)
register(*KINDS)

# Facts that bear on every clause, whatever its card says.
UNIVERSAL = ("waiver.granted", "obligation.disputed")

# After these a client may belong to another team, whose modes and values are its own.
TEAM_CHANGES = ("client.assigned",)
