"""The bytes of a file and the name it is shown under."""

import hashlib
import unicodedata
from pathlib import Path

from django.utils.translation import gettext as _

from pult.integrations.table import LARGEST
from pult.kernel.errors import BadInput
from pult.kernel.words import line_of

MEGABYTE = 1 << 20
LONGEST_NAME = 120


def clean_name(name: str) -> str:
    """The last part of a path without signs nobody sees; its ending survives shortening."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = line_of(plain).strip(". ")
    if len(plain) > LONGEST_NAME:
        stem, dot, ending = plain.rpartition(".")
        if not dot or len(ending) > 8:
            return plain[:LONGEST_NAME]
        plain = f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return plain or "file"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_path(path: Path) -> bytes:
    """The file's bytes; raises BadInput for one larger than anything Pult reads."""
    if path.stat().st_size > LARGEST:
        raise too_large()
    return path.read_bytes()


def too_large() -> BadInput:
    return BadInput(
        _("The file is larger than %(limit)s MB.") % {"limit": LARGEST // MEGABYTE},
        cure=_("Export a shorter period."),
    )
