"""One door to every file of spend."""

import gzip
import io
import zlib
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from pult.integrations.spend.model import SpendReport
from pult.integrations.spend.table import WANTED, missing_fields, propose_mapping, table_report
from pult.integrations.table import LARGEST, TableProblem, read_table, repeated_titles

_CHUNK = 1 << 20


def open_spend(
    data: bytes,
    filename: str = "",
    *,
    mapping: Mapping[str, int] | None = None,
    with_vat: bool | None = None,
    micros: bool | None = None,
) -> SpendReport:
    """The report in `data`: a Direct TSV (also gzipped), CSV or XLSX, found by the bytes.

    `mapping` (field of WANTED → column) is for tables; without it the guess is used. `micros`
    overrules what the sums look like. Raises TableProblem for a file that cannot be read or whose
    columns are not enough.
    """
    # The reader of Direct imports this package's model, so it is loaded when first needed.
    from pult.integrations import direct_report

    if data.startswith(b"\x1f\x8b"):
        data = unpack(data)
    if not data.strip():
        raise TableProblem(_("The file is empty."), field=filename)
    if mapping is None and direct_report.is_direct_report(data):
        return direct_report.report(data, with_vat=with_vat, micros=micros)
    table = read_table(data, filename, wanted=WANTED)
    chosen = propose_mapping(table) if mapping is None else mapping
    titles = repeated_titles(table.columns, chosen) if mapping is None else []
    if titles:
        raise TableProblem(
            _("Several columns bear the same title: %(titles)s.") % {"titles": ", ".join(titles)},
            cure=_("Say which column is which, once; Pult remembers it for this platform."),
        )
    if missing := missing_fields(chosen):
        raise TableProblem(
            _("No column was found for: %(fields)s.") % {"fields": ", ".join(missing)},
            cure=_("Say which column is which, once; Pult remembers it for this platform."),
        )
    return table_report(table, chosen, with_vat=with_vat)


def unpack(data: bytes) -> bytes:
    """The contents of a gzip; a bomb or a torn archive is refused."""
    parts, size = [], 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            while part := stream.read(_CHUNK):
                size += len(part)
                if size > LARGEST:
                    raise TableProblem(
                        _("Unpacked, the file is larger than %(limit)s MB.")
                        % {"limit": LARGEST >> 20},
                        cure=_("Export a shorter period."),
                    )
                parts.append(part)
    except (OSError, EOFError, zlib.error) as error:
        raise TableProblem(
            _("The archive is torn."), cure=_("Download the report again.")
        ) from error
    return b"".join(parts)
