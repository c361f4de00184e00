"""What people type, as it may be kept: without letters nobody can see. No Django here."""

import re
import unicodedata
from urllib.parse import urlsplit

# Controls and halves of letters; zero-width spaces and marks, soft hyphens, directions, fillers
# that look empty.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
    "\u00ad\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufeff\uffa0]"
)
_BLANKS = re.compile(r"[^\S\n]+")
_LABEL = r"[a-z0-9а-яё](?:[a-z0-9а-яё-]{0,61}[a-z0-9а-яё])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}(?::\d{{1,5}})?")
LONGEST_HOST = 253
LARGEST_ID = 2**63 - 1
JOINER = "\u200d"  # holds letters and pictures together, shows nothing alone


def text_of(typed: str) -> str:
    """The lines of a text without controls and unseen marks; empty when nothing can be seen."""
    kept = _UNSEEN.sub("", typed.replace("\r\n", "\n"))
    kept = _BLANKS.sub(" ", kept).strip()
    return kept if kept.replace(JOINER, "").strip() else ""


def line_of(typed: str) -> str:
    """The same on one line."""
    return " ".join(text_of(typed).split())


def hides_letters(typed: str) -> bool:
    """Whether letters nobody can see stand in it; `line_of` leaves them out."""
    return _UNSEEN.search(typed) is not None


def is_plain(line: str) -> bool:
    """Whether each letter of a line is one a number of a paper is written with: letters that go
    from left to right, digits 0–9, spaces and the signs of a keyboard, № and dashes."""
    return all(sign.isascii() or sign in "№–—" or _is_letter(sign) for sign in line)


def _is_letter(sign: str) -> bool:
    return sign.isalpha() and unicodedata.bidirectional(sign) == "L"


def id_of(typed: str) -> int | None:
    """A number that a row of the database may have; None for anything else, however long."""
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > len(str(LARGEST_ID)):
        return None
    number = int(typed)
    return number if number <= LARGEST_ID else None


def bare_host(text: str) -> str:
    """«https://www.Example.ru/path» → «example.ru»."""
    host = text.strip().lower().split("://", 1)[-1].split("/", 1)[0]
    return host.removeprefix("www.")


def is_host(text: str) -> bool:
    """Whether a text is a host name as sites have: dotted labels, Cyrillic too, maybe a port."""
    return len(text) <= LONGEST_HOST and _HOST.fullmatch(text) is not None


def is_local_path(address: str) -> bool:
    """Whether an address is a path of this very site (`/clients/`), not a word or another host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return address.startswith("/") and not parts.netloc and not address.startswith(("//", "/\\"))
