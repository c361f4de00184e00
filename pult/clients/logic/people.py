"""Phones, mailboxes and birthdays as typed by people, brought to one form."""

import re
from dataclasses import dataclass

NOT_DIGITS = re.compile(r"\D")
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
BIRTHDAY = re.compile(r"(\d{1,2})[.\-/ ](\d{1,2})(?:[.\-/ ](\d{4}|\d{2}))?\.?")
ISO_BIRTHDAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
LONGEST_PHONE = 15
SHORTEST_PHONE = 5
SHORTEST_ABROAD = 8
RUSSIAN_PHONE = 11
# An 8 or a 7 that stands before the code of a city; no code itself begins with 89.
TRUNK = re.compile(r"\s*(?:[78][\s(.-]|89)")


@dataclass(frozen=True)
class Birthday:
    """A day of a month; the year only when somebody chose to tell it."""

    day: int
    month: int
    year: int | None = None


def phone_key(text: str) -> str:
    """Digits of a phone in international form, or nothing when it cannot be one.

    Ten digits and a leading 8 are Russian: 8 (495) 100-00-00, 495 100-00-00 and
    +7 495 1000000 are one number. An extension after «доб.» or «ext» does not count.
    """
    main = _main(text)
    digits = NOT_DIGITS.sub("", main)
    if "+" not in main:
        if len(digits) == 10:
            digits = "7" + digits
        elif len(digits) == 11 and digits.startswith("8"):
            digits = "7" + digits[1:]
    return digits if SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE else ""


def phone_problem(text: str) -> str:
    """What is wrong with a phone as typed: `russian` for a number of +7 (or after an 8) that has
    not eleven digits, `short` for another country's of fewer than eight; empty when it may be
    right."""
    main = _main(text)
    digits = NOT_DIGITS.sub("", main)
    if len(digits) > LONGEST_PHONE or len(digits) < SHORTEST_ABROAD:
        return "short"
    if "+" in main:
        return "russian" if digits.startswith("7") and len(digits) != RUSSIAN_PHONE else ""
    is_trunk = TRUNK.match(main) is not None
    return "russian" if is_trunk and len(digits) != RUSSIAN_PHONE else ""


def _main(text: str) -> str:
    """The number without its extension."""
    return re.split(r"доб|вн\.|ext|x\d", text.lower())[0]


def email_key(text: str) -> str:
    """A mailbox in small letters, or nothing when the text is not one."""
    text = text.strip().lower()
    return text if EMAIL.fullmatch(text) else ""


def birthday(text: str) -> Birthday | None:
    """«5.03», «05.03.1980» or «1980-03-05»; None when the text is no day of a year."""
    text = text.strip()
    if iso := ISO_BIRTHDAY.fullmatch(text):
        return checked_birthday(int(iso[3]), int(iso[2]), int(iso[1]))
    found = BIRTHDAY.fullmatch(text)
    if not found:
        return None
    day, month, year = found.groups()
    # Two digits of a year are a guess about a century nobody needs.
    return checked_birthday(int(day), int(month), int(year) if year and len(year) == 4 else None)


def checked_birthday(day: int, month: int, year: int | None = None) -> Birthday | None:
    """The birthday if such a day exists: 29 February does, 31 April does not."""
    if not (1 <= month <= 12 and 1 <= day <= DAYS[month - 1]):
        return None
    return Birthday(day, month, year)
