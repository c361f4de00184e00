"""Files kept by their content: the same bytes are one file, whoever brings them.

The name a person gave belongs to the row that refers to the file. Bytes are on disk before the
row is in the database, so a crash leaves at worst a file nobody refers to.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from pult.kernel.errors import BadInput
from pult.kernel.models import StoredFile

MEGABYTE = 1024 * 1024
LARGEST = 50 * MEGABYTE
PIECE = 256 * 1024

SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"PK\x05\x06", "application/zip"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)
OFFICE = (
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)


def store(content: bytes | BinaryIO | Iterable[bytes], *, largest: int = LARGEST) -> StoredFile:
    """Keep bytes, an open file or the chunks of an upload; the same content gives the same row.

    Raises BadInput for nothing at all and for more than `largest` bytes, and keeps nothing then.
    """
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size, head = hashlib.sha256(), 0, b""
    with tempfile.NamedTemporaryFile(dir=folder, prefix="incoming-", delete=False) as draft:
        try:
            for piece in _pieces(content):
                size += len(piece)
                if size > largest:
                    raise _too_large(largest)
                head = head or piece[:PIECE]
                digest.update(piece)
                draft.write(piece)
            if not size:
                raise BadInput(_("The file is empty"), cure=_("Choose the file once more"))
            draft.flush()
            os.fsync(draft.fileno())
            _move(Path(draft.name), path_of(digest.hexdigest()))
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
    kept, _is_new = StoredFile.objects.get_or_create(
        sha256=digest.hexdigest(), defaults={"size": size, "mime": sniff(head)}
    )
    return kept


def _pieces(content: bytes | BinaryIO | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(content, bytes):
        return (content,)
    if hasattr(content, "read"):
        return iter(lambda: content.read(PIECE), b"")
    return content


def _too_large(largest: int) -> BadInput:
    return BadInput(
        _("The file is larger than %(megabytes)s MB") % {"megabytes": largest // MEGABYTE},
        cure=_("Split it, or ask the administrator to raise the limit"),
    )


def _move(draft: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(draft, place)
    place.chmod(0o640)


def path_of(file: StoredFile | str) -> Path:
    """Where the bytes of a file (or of a sha256) lie."""
    name = file if isinstance(file, str) else file.sha256
    return Path(settings.MEDIA_ROOT) / name[:2] / name[2:4] / name


def read(file: StoredFile) -> bytes:
    """The bytes; OSError when they were removed from the data folder."""
    return path_of(file).read_bytes()


def let_go(sha256: str) -> None:
    """Remove a file nothing refers to; one that something refers to stays."""
    try:
        gone, _tables = StoredFile.objects.filter(sha256=sha256).delete()
    except ProtectedError:
        return
    if gone:
        path_of(sha256).unlink(missing_ok=True)


def sniff(head: bytes) -> str:
    """The type of a file by its first bytes, never by its name."""
    if head.startswith(b"PK\x03\x04"):
        return next((mime for mark, mime in OFFICE if mark in head), "application/zip")
    for signature, mime in SIGNATURES:
        if head.startswith(signature):
            return mime
    return "application/octet-stream" if b"\x00" in head[:4096] else _text(head)


def _text(head: bytes) -> str:
    start = head[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return "text/xml" if start.startswith(b"<?xml") else "text/plain"
