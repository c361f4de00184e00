"""Files: fetched piece by piece, bounded, and only those that are what they say."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.integrations.intake import clean_name
from pult.integrations.migration.actions.bringing.clients import brought
from pult.integrations.migration.models import FormerNote, Item
from pult.kernel import files
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting
from pult.work.actions.talk import keep_file
from pult.work.models import Task

if TYPE_CHECKING:
    from pult.integrations.migration.actions.bringing.rest import Rest
    from pult.integrations.migration.connectors import Connector
    from pult.kernel.models import StoredFile

# What runs by itself has no place beside a client, whatever it is called.
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
PAGES = frozenset([".htm", ".html", ".mht", ".txt", ".csv", ".md", ".xml", ".eml"])


def bring_file(rest: "Rest", connector: "Connector", item: Item, record: Any) -> None:
    """Fetch a file and put it beside what it belongs to. Raises BadInput for what is refused."""
    owner = rest.owner_of(record)
    rest.check_cut(owner.client_id, item)
    if record.size > files.LARGEST:
        raise too_large()
    name = clean_name(record.name) or _("file")
    stored = fetch(connector, record.where, name)
    with acting(owner.client_id):
        if owner.table == "task":
            task = Task.objects.get(pk=owner.row)
            row: Any = keep_file(task, rest.by, name, stored)
            table = "file"
        else:
            author = rest.names.name(record.author, record.author_name)
            row = FormerNote.objects.create(
                author=author[:200],
                at=record.at,
                file=stored,
                file_name=name[:200],
                **rest.place_of(owner),
            )
            table = "note"
        brought(item, table, row.pk, owner.client_id, is_made=True)


def fetch(connector: "Connector", where: str, name: str) -> "StoredFile":
    """The stored file; raises BadInput for a program, and for a page sent instead of the file."""
    with connector.stream(where) as flow:
        if flow.length is not None and flow.length > files.LARGEST:
            raise too_large()
        return files.store(_checked(flow.pieces(), name))


def _checked(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    first = next(pieces, b"")
    if first.startswith(PROGRAMS):
        raise BadInput(_("“%(name)s” is a program") % {"name": name}, field="file")
    is_page = files.sniff(first[:1024]) == "text/html"
    if is_page and PurePath(name).suffix.lower() not in PAGES:
        raise BadInput(
            _("A page came instead of “%(name)s”") % {"name": name},
            field="file",
            cure=_("The link may have expired there; read the system once more"),
        )
    yield first
    yield from pieces


def too_large() -> BadInput:
    return BadInput(
        _("The file is larger than %(megabytes)s MB") % {"megabytes": files.LARGEST >> 20},
        field="file",
        cure=_("Fetch it by hand and keep it in the client's folder"),
    )
