"""Cells of a table → values, and the rows that cannot be taken, each with its line and field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pult.clients.logic.movein import fields
from pult.clients.logic.people import birthday, email_key, phone_key
from pult.kernel.money import AmountError, parse_amount
from pult.kernel.words import bare_host, is_host, line_of

LONGEST = {
    "client": 200,
    "contact": 200,
    "line": 200,
    "site": 200,
    "login": 100,
    "campaign": 64,
    "kpp": 9,
}
LONGEST_TEXT = 300
# What says whose the row is, even of a row left out: the rows under it may go on about them.
WHOSE = frozenset(["client", "entity", "inn"])
NUMBERS = frozenset(["inn", "kpp", "ogrn", "bik", "account"])
DATE_ORDERS = (("-", (0, 1, 2)), (".", (2, 1, 0)), ("/", (2, 1, 0)))

# A hint about what is wrong with a number ("" when there is none to give), None when it is right.
Check = Callable[..., str | None]


@dataclass(frozen=True)
class RowProblem:
    """Why a row is not taken: `code` names the reason, `value` is the cell, `hint` a likely cure.

    `line` is the line of the file, `column` the title of the column as written.
    """

    line: int
    field: str
    column: str
    code: str
    value: str = ""
    hint: str = ""


@dataclass(frozen=True)
class RowValues:
    """One row taken: its line and the values of the fields that are filled."""

    line: int
    values: dict[str, Any]


@dataclass
class Reading:
    """All rows of a file: those taken, those left out with what could be read, and why."""

    rows: list[RowValues] = field(default_factory=list)
    left_out: list[RowValues] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


class Unfit(ValueError):
    """A cell that does not fit its field."""

    def __init__(self, code: str, hint: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.hint = hint


def read_rows(
    columns: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    mapping: Mapping[str, int],
    checks: Mapping[str, Check] | None = None,
) -> Reading:
    """Read every row by a mapping of field → place of its column.

    `checks` judge the numbers of requisites (inn, kpp, ogrn, bik; account takes the bank's code
    too) and days (day), and answer with a hint, or None when the value may be right. A row with
    any problem is left out whole; the rest are offered.
    """
    checks = checks or {}
    reading = Reading()
    for line, cells in rows:
        values: dict[str, Any] = {}
        wrong: list[RowProblem] = []
        for name, place in mapping.items():
            cell = line_of(cells[place]) if place < len(cells) else ""
            if not cell:
                continue
            try:
                values[name] = _value(name, cell, checks)
            except Unfit as unfit:
                if name in WHOSE:
                    values[name] = cell
                wrong.append(
                    RowProblem(line, name, columns[place], unfit.code, cell[:80], unfit.hint)
                )
        wrong += _disagreements(line, values, columns, mapping, checks)
        if wrong:
            reading.problems += wrong
            reading.left_out.append(RowValues(line, values))
        elif values:
            reading.rows.append(RowValues(line, values))
    return reading


def _value(name: str, cell: str, checks: Mapping[str, Check]) -> Any:
    if name in NUMBERS:
        number = "".join(cell.split())
        check = checks.get(name)
        if check and name != "account" and (hint := check(number)) is not None:
            raise Unfit(name, hint)
        return number
    if reader := READERS.get(name):
        value = reader(cell)
        far = checks.get("day") if reader is read_day else None
        if far and (hint := far(value)) is not None:
            raise Unfit("far_day", hint)
        return value
    if len(cell) > LONGEST.get(name, LONGEST_TEXT):
        raise Unfit("too_long")
    return cell


def _disagreements(
    line: int,
    values: dict[str, Any],
    columns: Sequence[str],
    mapping: Mapping[str, int],
    checks: Mapping[str, Check],
) -> list[RowProblem]:
    """What is wrong between two cells of a row."""
    wrong = []
    account, bik, check = values.get("account"), values.get("bik"), checks.get("account")
    if account and bik and check and (hint := check(account, bik)) is not None:
        title = columns[mapping["account"]]
        wrong.append(RowProblem(line, "account", title, "account", account, hint))
    first, last = values.get("period_from"), values.get("period_to")
    if first and last and last < first:
        title = columns[mapping["period_to"]]
        wrong.append(RowProblem(line, "period_to", title, "ends_before_it_starts", str(last)))
    return wrong


def read_day(cell: str) -> date:
    """2026-03-05, 05.03.2026 or 05/03/2026; a time of day after it is dropped."""
    text = cell.split(" ")[0].split("T")[0]
    for mark, order in DATE_ORDERS:
        parts = text.split(mark)
        if len(parts) == 3 and all(part.isascii() and part.isdecimal() for part in parts):
            year, month, day = (int(parts[place]) for place in order)
            try:
                return date(year + 2000 if year < 100 else year, month, day)
            except ValueError:
                break
    raise Unfit("date")


def _money(cell: str, *, allow_negative: bool = False) -> int:
    try:
        return parse_amount(cell, allow_negative=allow_negative)
    except AmountError as problem:
        raise Unfit("negative" if problem.reason == "negative" else "amount") from None


def _balance(cell: str) -> int:
    return _money(cell, allow_negative=True)


def _word(words: Mapping[str, str], code: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        found = words.get(fields.folded(cell))
        if found is None:
            raise Unfit(code, ", ".join(sorted(words, key=lambda word: (words[word], word))[:12]))
        return found

    return read


def _platform(cell: str) -> str:
    word = fields.folded(cell)
    return fields.PLATFORMS.get(word, word[:32])


def _flag(cell: str) -> bool:
    word = fields.folded(cell)
    if word not in fields.YES | fields.NO:
        raise Unfit("yes_no")
    return word in fields.YES


def _birthday(cell: str) -> Any:
    found = birthday(cell)
    if found is None:
        raise Unfit("birthday")
    return found


def _phone(cell: str) -> str:
    if not phone_key(cell):
        raise Unfit("phone")
    return cell[:40]


def _email(cell: str) -> str:
    found = email_key(cell)
    if not found:
        raise Unfit("email")
    return found


def _site(cell: str) -> str:
    host = bare_host(cell)
    if not is_host(host):
        raise Unfit("site")
    if len(host) > LONGEST["site"]:
        raise Unfit("too_long")
    return host


READERS: dict[str, Callable[[str], Any]] = {
    "status": _word(fields.STATUSES, "status"),
    "money_flow": _word(fields.FLOWS, "money_flow"),
    "platform": _platform,
    "site": _site,
    "contract_date": read_day,
    "period_from": read_day,
    "period_to": read_day,
    "birthday": _birthday,
    "decides": _flag,
    "phone": _phone,
    "email": _email,
    "budget": _money,
    "balance": _balance,
    "balance_platform": _balance,
    "balance_day": read_day,
    "tool": _word(fields.TOOLS, "tool"),
}
