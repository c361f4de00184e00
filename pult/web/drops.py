"""Files somebody dropped and has not imported yet: bytes by their content, names in the session.

The address of a dropped file is its sha256; only the session that brought the file opens it.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pult.integrations.intake import LARGEST, clean_name, too_large
from pult.kernel import files
from pult.kernel.errors import BadInput, NotVisible
from pult.kernel.models import StoredFile

KEY = "drops"
KEPT = 20


@dataclass(frozen=True)
class Drop:
    """`options` are what was already said of the file: accounts, platform, VAT, decisions."""

    sha256: str
    name: str
    size: int
    data: bytes
    options: dict[str, Any]


def keep(request: HttpRequest, field: str = "file") -> Drop:
    """Take the uploaded file in; raises BadInput for none, an empty or an oversized one."""
    upload = request.FILES.get(field)
    if upload is None:
        raise BadInput(_("Choose a file first."), field=field)
    if upload.size > LARGEST:
        raise too_large()
    stored = files.store(upload.chunks(), largest=LARGEST)
    drops = request.session.get(KEY, {})
    drops.pop(stored.sha256, None)
    drops[stored.sha256] = {"name": clean_name(upload.name), "options": {}}
    request.session[KEY] = dict(list(drops.items())[-KEPT:])
    return dropped(request, stored.sha256)


def dropped(request: HttpRequest, sha256: str) -> Drop:
    """The file this session brought; raises NotVisible for any other."""
    known = request.session.get(KEY, {}).get(sha256)
    stored = StoredFile.objects.filter(sha256=sha256).first() if known else None
    if stored is None:
        raise NotVisible(_("There is no such file here; drop it once more"))
    try:
        data = files.read(stored)
    except OSError as problem:
        raise NotVisible(_("There is no such file here; drop it once more")) from problem
    return Drop(sha256, known["name"], stored.size, data, known["options"])


def say(request: HttpRequest, sha256: str, **options: Any) -> None:
    """Remember an answer about a dropped file; None forgets it."""
    drops = request.session.get(KEY, {})
    kept = drops[sha256]["options"] | options
    drops[sha256]["options"] = {name: value for name, value in kept.items() if value is not None}
    request.session[KEY] = drops
