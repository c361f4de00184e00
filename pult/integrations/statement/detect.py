"""Which format a file is, by its bytes. What Pult does not read is refused by name."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from pult.integrations.statement.errors import UnknownFormat
from pult.integrations.table import archive_kind, looks_like_table

BANK_1C = "1CClientBankExchange"
CAMT_053 = "camt.053"
MT_940 = "MT940"
CSV = "CSV"
XLSX = "XLSX"

_HEAD = 65_536
_ASK = _(
    "Ask the bank's program to export the statement “for 1C” (1CClientBankExchange), as camt.053,"
    " MT940, XLSX or CSV."
)
_UNPACK = _("Unpack it and import the file inside.")
_SAVE_AS = _("Open it and save it as XLSX or CSV, or export the statement “for 1C”.")

_MAGIC: tuple[tuple[bytes, str, Any], ...] = (
    (b"%PDF", "PDF", _ASK),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS", _SAVE_AS),
    (b"\x1f\x8b", "gzip", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "7z", _UNPACK),
    (b"Rar!", "RAR", _UNPACK),
    (b"{\\rtf", "RTF", _ASK),
    (b"\xff\xd8\xff", "JPEG", _ASK),
    (b"\x89PNG", "PNG", _ASK),
)
_MT940_TAGS = re.compile(r"^:(?:20|25|28C?|60[FM]|61|62[FM]):", re.MULTILINE)
_CAMT = re.compile(r"camt\.(\d{3})\.\d{3}\.\d{2}")


def detect(data: bytes) -> str:
    """The format of a file: one of the names above.

    Raises UnknownFormat naming what the file seems to be (Belarus client-bank text, PDF, XLS,
    DBF, HTML, an archive, an empty file, plain text …).
    """
    _refuse_binary(data)
    if data[:4] == b"PK\x03\x04":
        kind = archive_kind(data)
        if kind == XLSX:
            return XLSX
        raise _refusal(kind, _UNPACK if kind == "ZIP" else _SAVE_AS)
    head = _readable_head(data)
    first = head.lstrip("\ufeff \t\r\n").split("\n", 1)[0].strip()
    if first.startswith("1CClientBankExchange"):
        return BANK_1C
    if re.search(r"^\*{3,}\s*\^Type=", head, re.MULTILINE):
        raise UnknownFormat(
            "Belarus client-bank",
            _("This is the text of a Belarus client-bank (blocks “***** ^Type=”), not read yet."),
            _("Ask the bank for the statement as XLSX, CSV or MT940."),
        )
    if first.startswith("<"):
        return _detect_markup(head)
    if len(set(_MT940_TAGS.findall(head))) >= 2:
        return MT_940
    if "СекцияДокумент" in head or "СекцияРасчСчет" in head:
        raise UnknownFormat(
            "1CClientBankExchange",
            _("This looks like a 1C statement that lost its first line, 1CClientBankExchange."),
            _("Export the statement again; do not cut or edit the file."),
        )
    if looks_like_table(data):
        return CSV
    raise UnknownFormat("text", _("This is plain text, not a bank statement."), _ASK)


def _refuse_binary(data: bytes) -> None:
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise UnknownFormat("empty", _("The file is empty."), _("Export the statement again."))
    for magic, name, cure in _MAGIC:
        if data.startswith(magic):
            raise _refusal(name, cure)
    if _is_dbf(data):
        raise _refusal("DBF", _SAVE_AS)
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"PK")):
        raise UnknownFormat("binary", _("This is a binary file, not a bank statement."), _ASK)


def _refusal(name: str, cure: Any) -> UnknownFormat:
    return UnknownFormat(name, _("Statements are not read from %(name)s.") % {"name": name}, cure)


def _is_dbf(data: bytes) -> bool:
    """dBASE header: version, a date as year-month-day, header length 32 + 32·fields + 1 (+ tail).
    https://www.dbase.com/Knowledgebase/INT/db7_file_fmt.htm"""
    if len(data) < 65 or data[0] not in (0x02, 0x03, 0x30, 0x31, 0x83, 0x8B, 0xF5, 0xFB):
        return False
    header = int.from_bytes(data[8:10], "little")
    return 1 <= data[2] <= 12 and 1 <= data[3] <= 31 and 65 <= header <= len(data)


def _readable_head(data: bytes) -> str:
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4 and len(data) > _HEAD:
            return head.decode("utf-8-sig", errors="ignore")
    cyrillic = head.decode("cp866", errors="replace")
    if "Секция" in cyrillic:
        return cyrillic
    return head.decode("cp1251", errors="replace")


def _detect_markup(head: str) -> str:
    lowered = head[:4096].lower()
    if "<!doctype html" in lowered or "<html" in lowered or "<table" in lowered:
        raise _refusal("HTML", _SAVE_AS)
    message = _CAMT.search(head)
    if message and message[1] != "053":
        raise UnknownFormat(
            f"camt.{message[1]}",
            _("This is camt.%(kind)s, not the statement of a closed day.") % {"kind": message[1]},
            _("Ask the bank for camt.053."),
        )
    if message or "BkToCstmrStmt" in head:
        return CAMT_053
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise _refusal("Excel XML", _SAVE_AS)
    raise UnknownFormat("XML", _("This XML is not a camt.053 statement."), _ASK)
