"""Kinds of fact for the tests, one of each shape, and short ways to record them."""

from pult.kernel.facts import FactKind, record, register

SENT = FactKind(
    "test.sent",
    "счёт отправлен",
    "invoice sent",
    refs=("client", "line?"),
    fields={"amount": int, "note": str, "codes": list},
    audience="money",
)
CALLED = FactKind("test.called", "звонок", "call", refs=("client",))
ENDS = FactKind("test.ends", "деньги кончатся", "money ends", shape="date", refs=("client",))
STEP = FactKind("test.step", "этап", "step", shape="state", refs=("client",))
SPENT = FactKind("test.spent", "расход", "spend", shape="measure", refs=("client",))
GROWN = FactKind("test.grown", "выросло", "grown", fields={"kopecks": int}, version=3)
register(SENT, CALLED, ENDS, STEP, SPENT, GROWN)


def sent(**changes):
    values = {"root_id": 7, "refs": {"client": 7}, "by": None} | changes
    return record("test.sent", **values)


def called(by=None, at=None):
    return record("test.called", root_id=7, refs={"client": 7}, by=by, at=at)
