"""What the purpose of a payment says: numbers of invoices, VAT, for whom the payer pays.

Rules measured on live payments: the word is often glued to the number (СЧЕТУ1000001); a lone `N`
means a number only straight after such a word, `№` always; a number is never a piece of a longer
token; Latin and Cyrillic look-alikes are one letter.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Strength = Literal["strong", "weak", "loose"]
Reader = Callable[[str], tuple[str, ...]]

_LOOK_ALIKES = tuple(zip("ABCEHKMOPTXYЁ\u00a0–—\\", "АВСЕНКМОРТХУЕ --/", strict=True))
_LOOKS_ALIKE = re.compile("[" + "".join(re.escape(letter) for letter, _ in _LOOK_ALIKES) + "]")


def fold(text: str) -> str:
    """Upper case in one alphabet: Latin look-alikes become Cyrillic, Ё becomes Е."""
    folded = text.upper()
    if not _LOOKS_ALIKE.search(folded):  # as in most texts
        return folded
    # Faster than str.translate, which looks up every letter.
    for letter, other in _LOOK_ALIKES:
        folded = folded.replace(letter, other)
    return folded


def number_key(number: str) -> str:
    """An invoice number as it is compared: folded, without spaces, `№`, leading zeros and what is
    no letter or digit at its end."""
    if number.isdigit():
        return number.lstrip("0") or "0"
    return _key(_TAIL.sub("", fold(number).replace(" ", "").lstrip("№#")))


def named_by(number: str) -> frozenset[str]:
    """The numbers a payer may mean who writes this one after the word for an invoice: «80 НДС»
    names 80, «N80» does as well."""
    said = mentions(fold(f"СЧЕТ {number}"))
    return frozenset(reading for _strength, readings in said for reading in readings)


def _key(token: str) -> str:
    return token.lstrip("0") or "0" if token.isdigit() else token


_TAIL = re.compile(r"[\W_]+$")
_ROUGH_TOKEN = re.compile(r"[0-9A-ZА-Я]+(?:[-/_.,][0-9A-ZА-Я]+)*|[№#,;]")
_TOKEN = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)|\d{1,2}\.\d{1,2}\.\d\d(?!\d)"
    r"|[0-9A-ZА-Я]+(?:[-/_][0-9A-ZА-Я]+|(?<=\d)[.,](?=\d)\d+)*|[№#,;]"
)
_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_INVOICE = re.compile(
    fold(r"(?:СЧЕТ(?:А|У|ОМ|Е|АМ|ОВ|АХ|АМИ)?|СЧ|СЧТ|INVOICE|INV)")
    + r"(?:-(?:ОФЕРТ|ДОГОВОР)[А-Я]*)?"
)
_OTHER_PAPER = re.compile(
    r"ДОГ|КОНТРАКТ|АКТ(?:А|У|ОМ|Е|АМ|ОВ)?$|УПД|НАКЛ|ЗАЯВ|ЗАКАЗ|ПРИЛ|ДС$|СОГЛ|ПОЗ|СЧЕТ-ФАКТ|СФ$|С/Ф"
    r"|ПОРУЧ|П/П|Р/С|К/С|РАСЧ|ИНН|КПП|БИК|ТЕЛ|КОД|УИН|ЛИЦ|Л/С"
)
_CONNECTORS = frozenset(("И", "ОТ", "Г", "ГОД", "ГОДА", "НА", "ОПЛАТУ", "НОМЕР", "НОМЕРА"))
_MONTH = re.compile(
    r"(?:ЯНВАР|ФЕВРАЛ|МАРТ|АПРЕЛ|МА|ИЮН|ИЮЛ|АВГУСТ|СЕНТЯБР|ОКТЯБР|НОЯБР|ДЕКАБР)[ЯА]"
)
_GLUED = tuple(
    sorted(("СЧЕТУ", "СЧЕТА", "СЧЕТОМ", "СЧЕТЕ", "СЧЕТАМ", "СЧЕТ", "СЧ"), key=len, reverse=True)
)
_N = (fold("NO"), "N")
_ACCOUNT = 20


@lru_cache(maxsize=8192)
def _word_class(word: str) -> str:
    if word in _CONNECTORS or _MONTH.fullmatch(word):
        return "from" if word == "ОТ" else "connector"
    if word in _N:
        return "n"
    if word in ("№", "#"):
        return "№"
    if word in (",", ";"):
        return ","
    if _INVOICE.fullmatch(word):
        return "invoice"
    if _OTHER_PAPER.match(word):
        return "other"
    return "word"


def mentions(folded: str) -> Iterator[tuple[Strength, tuple[str, ...]]]:
    """Numbers a folded purpose may mean, each with the ways to read it.

    `strong` stands after a word for an invoice, `weak` after a bare №, `loose` is a token of
    letters and digits that may be a number all by itself. Numbers of contracts, acts, accounts,
    days and sums are left out.
    """
    shape = folded
    for digit in "123456789":
        shape = shape.replace(digit, "0")
    find = _known_places if len(shape) <= _LONGEST_KEPT else _places
    for strength, start, end, read in find(shape):
        yield strength, read(folded[start:end])


def _places(shape: str) -> tuple[tuple[Strength, int, int, Reader], ...]:
    """(strength, beginning, end, how it is read) of each mention in every purpose of this shape:
    where they stand depends on which letters are digits, not on the digits."""
    return tuple(_find_places(shape))


_LONGEST_KEPT = 500  # a purpose is of 210 letters; what is far longer would only take memory
# Payers write the same words each month, and other numbers.
_known_places = lru_cache(maxsize=4096)(_places)


def _find_places(folded: str) -> Iterator[tuple[Strength, int, int, Reader]]:
    context, marked, in_date = "", False, False
    for token, start in _tokens(folded):
        end = start + len(token)
        if token.isalpha() or token in "№#,;" or not _has_digit(token):
            kind = _word_class(token)
            if kind == "word":
                context, marked, in_date = "", False, False
            elif kind in ("invoice", "other"):
                context, marked, in_date = kind, False, False
            elif kind == "from":
                in_date = True
            elif kind == "n":
                marked = marked or context == "invoice"
            elif kind == "№":
                marked, in_date = True, False
            elif kind == ",":
                in_date = False
        elif in_date or _DATE.fullmatch(token) or len(token) >= _ACCOUNT:
            marked = False
        else:
            if token[0] == "С" and _glued(token):
                context = "invoice"
                yield "strong", start, end, _glued
            elif context == "invoice":
                yield "strong", start, end, _readings
            elif context == "weak" or (marked and context != "other"):
                context = "weak"
                yield "weak", start, end, _readings
            elif context != "other" and len(token) > 3 and not _is_sum(token):
                yield "loose", start, end, _whole
            marked = False


def _tokens(folded: str) -> Iterator[tuple[str, int]]:
    """Words, numbers, days and the marks № , ; with their places — a dot or a comma belongs to a
    token only between digits."""
    for rough in _ROUGH_TOKEN.finditer(folded):
        token, start = rough[0], rough.start()
        if ("." in token or "," in token) and len(token) > 1:
            for found in _TOKEN.finditer(token):
                yield found[0], start + found.start()
        else:
            yield token, start


def _has_digit(token: str) -> bool:
    return token[-1].isdigit() or any(map(str.isdigit, token))


def _is_sum(token: str) -> bool:
    return not any("A" <= c <= "Я" for c in token) and "/" not in token


def _glued(token: str) -> tuple[str, ...]:
    """Readings of СЧЕТУ1000001: what is left after any word for an invoice, longest first."""
    found: list[str] = []
    for word in _GLUED:
        if token.startswith(word) and len(token) > len(word):
            rest = token[len(word) :].lstrip("-_/")
            if rest and _has_digit(rest):
                found += _readings(rest)
    return tuple(dict.fromkeys([*found, _key(token)])) if found else ()


def _whole(token: str) -> tuple[str, ...]:
    return (_key(token),)


def _readings(token: str) -> tuple[str, ...]:
    """A token whole, without a leading N, and cut at commas (`15,16` are two numbers)."""
    if token.isdigit():
        return (token.lstrip("0") or "0",)
    found = [_key(token)]
    for mark in _N:
        if token.startswith(mark) and len(token) > len(mark):
            found.append(_key(token[len(mark) :].lstrip("-_/")))
    if "," in token:
        found += [_key(part) for part in token.split(",")]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Purpose:
    """`numbers` are the readings of every number that may be an invoice's, likeliest first;
    `vat` the VAT named, in kopecks, `vat_rate` in per cent; `for_whom` the company the payer
    says it pays for, `inns` the ИНН in the text; `dates` the days named (дд.мм.гггг)."""

    numbers: tuple[str, ...]
    vat: int | None = None
    vat_rate: int | None = None
    without_vat: bool = False
    for_whom: str = ""
    inns: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


_WITHOUT_VAT = re.compile(
    r"БЕЗ\s*(?:НАЛОГА\s*)?\(?\s*НДС|НДС\s*НЕ\s*(?:ОБЛ|ПРЕДУСМ)|НЕ\s*ОБЛ[А-Я]*\s*НДС"
)
_VAT_RATE = re.compile(r"НДС[\s(\-]*(?:ПО СТАВКЕ\s*)?(\d{1,2})\s*(?:%|/\s*1\d\d\s*%?)")
_VAT_SUM = re.compile(
    r"[\s:=\-).,]*(?:В СУММЕ\s*|СУММА\s*)?"
    r"((?:\d{1,3}(?:[ ']\d{3})+|\d+)(?:[.,\-=]\d\d)?)(?![\d%])"
)
_FOR_WHOM = re.compile(
    r"\bЗА\s+((?:ООО|АО|ПАО|ЗАО|ОАО|ИП|АНО|НКО|ТОО|ОДО|УП|ЧУП|ЧП)\b[\s\"«'”]*[^\"»'“,;()]*)"
)
_INN = re.compile(r"ИНН\D{0,3}(\d{12}|\d{10})(?!\d)")


def parse_purpose(text: str) -> Purpose:
    """Everything a purpose says. A VAT rate without a sum leaves `vat` empty."""
    folded = fold(text)
    strengths: dict[str, list[str]] = {"strong": [], "weak": [], "loose": []}
    for strength, readings in mentions(folded):
        strengths[strength] += readings
    found = _FOR_WHOM.search(folded)
    vat, rate = _vat(folded)
    return Purpose(
        numbers=tuple(dict.fromkeys(n for numbers in strengths.values() for n in numbers)),
        vat=vat,
        vat_rate=rate,
        without_vat=bool(_WITHOUT_VAT.search(folded)),
        for_whom=found[1].strip() if found else "",
        inns=tuple(dict.fromkeys(_INN.findall(folded))),
        dates=tuple(_DATE.findall(folded)),
    )


def names_another(folded: str) -> bool:
    """Whether a folded purpose may say for whom the payer pays."""
    return "ИНН" in folded or ("ЗА " in folded and _FOR_WHOM.search(folded) is not None)


def _vat(folded: str) -> tuple[int | None, int | None]:
    """(kopecks, per cent) of the first VAT named with a figure."""
    place = folded.find("НДС")
    while place >= 0:
        rated = _VAT_RATE.match(folded, place)
        named = _VAT_SUM.match(folded, rated.end() if rated else place + 3)
        if rated or named:
            return _kopecks(named[1]) if named else None, int(rated[1]) if rated else None
        place = folded.find("НДС", place + 3)
    return None, None


def _kopecks(amount: str) -> int:
    """The kopeck mark is `-`, `,`, `.`, `=` or absent."""
    plain = re.sub(r"[ ']", "", amount)
    if len(plain) > 3 and plain[-3] in ".,-=":
        return int(plain[:-3]) * 100 + int(plain[-2:])
    return int(plain) * 100
