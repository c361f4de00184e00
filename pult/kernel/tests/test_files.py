import io
import zipfile

import pytest

from pult.kernel import files
from pult.kernel.errors import BadInput
from pult.kernel.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("brought", [bytes, io.BytesIO, lambda data: iter([data[:3], data[3:]])])
def test_a_file_comes_back_as_it_was_brought(brought):
    kept = files.store(brought(b"1CClientBankExchange"))
    assert files.read(kept) == b"1CClientBankExchange"
    assert (kept.size, kept.mime) == (20, "text/plain")


def test_the_same_content_is_one_file_whoever_brings_it(folder):
    assert files.store(b"one") == files.store(io.BytesIO(b"one"))
    assert files.store(b"two") != files.store(b"one")
    assert StoredFile.objects.count() == len(on_disk(folder)) == 2


@pytest.mark.parametrize(("content", "largest"), [(b"", 10), (b"eleven byte", 10)])
def test_a_file_that_is_empty_or_too_large_leaves_nothing_behind(folder, content, largest):
    with pytest.raises(BadInput):
        files.store(content, largest=largest)
    assert on_disk(folder) == []
    assert not StoredFile.objects.exists()


def test_an_upload_that_breaks_off_leaves_nothing_behind(folder):
    def broken():
        yield b"half"
        raise OSError

    with pytest.raises(OSError):
        files.store(broken())
    assert on_disk(folder) == []


def workbook():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/workbook.xml", "")
    return data.getvalue()


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\x1f\x8b\x08", "application/gzip"),
        (workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"PK\x03\x04 other", "application/zip"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "text/xml"),
        (b" <!DOCTYPE html><script>", "text/html"),
        ("Счёт".encode("cp1251"), "text/plain"),
        (b"MZ\x00\x01", "application/octet-stream"),
    ],
)
def test_the_type_is_read_from_the_bytes_not_believed_from_the_name(head, mime):
    assert files.sniff(head) == mime
