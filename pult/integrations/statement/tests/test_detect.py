"""A file is known by its bytes, and what is not read is refused by its name."""

import contextlib
import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pult.integrations.statement import UnknownFormat, detect, read
from pult.integrations.statement.values import BadValue, currency_of, kopecks

BELARUS = """
***** ^Type=1^
^Num=15^
^DocDate=02.02.2026^
^UNNRec=100000000^
"""
CAMT = (
    '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{}.001.02">'
    "<BkToCstmrStmt/></Document>"
)


def zipped(name):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "1CClientBankExchange")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"1CClientBankExchange\r\n", "1CClientBankExchange"),
        (b"\xef\xbb\xbf\r\n1CClientBankExchange\n", "1CClientBankExchange"),
        ("1CClientBankExchange\n".encode("utf-16"), "1CClientBankExchange"),
        (CAMT.format("053").encode(), "camt.053"),
        (b":20:X\r\n:25:1\r\n:60F:C260202RUB1,\r\n", "MT940"),
        (b"{4:\n:20:X\n:25:1\n", "MT940"),
        ("Дата;Сумма\n01.02.2026;5,00\n".encode("cp1251"), "CSV"),
        (zipped("xl/workbook.xml"), "XLSX"),
    ],
)
def test_formats_are_told_apart(data, name):
    assert detect(data) == name


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n  ", "empty"),
        (b"%PDF-1.7\n%...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "XLS"),
        (bytes([3, 126, 2, 3, 1, 0, 0, 0, 65, 0, 30, 0]) + b"\0" * 90, "DBF"),
        (b"<!DOCTYPE html><html><table></table></html>", "HTML"),
        (b"<html><body>1CClientBankExchange</body></html>", "HTML"),
        (zipped("kl_to_1c.txt"), "ZIP"),
        (b"PK\x03\x04broken", "ZIP"),
        (gzip.compress(b"1CClientBankExchange", mtime=0), "gzip"),
        (CAMT.format("052").encode(), "camt.052"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (BELARUS.encode("cp1251"), "Belarus client-bank"),
        (BELARUS.encode("utf-8"), "Belarus client-bank"),
        ("Добрый день, высылаю выписку, как просили.".encode("cp1251"), "text"),
        ("СекцияДокумент=Платежное поручение\nСумма=1\n".encode("cp1251"), "1CClientBankExchange"),
        (b"\x01\x02\x00\x04" * 40, "binary"),
    ],
)
def test_what_is_not_read_is_refused_by_name(data, name):
    with pytest.raises(UnknownFormat) as refusal:
        read(data)
    assert refusal.value.name_guess == name
    assert str(refusal.value.reason)
    assert str(refusal.value.cure)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_statement_or_a_refusal(data):
    with contextlib.suppress(UnknownFormat):
        read(data)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("15000", 1500000),
        ("100.5", 10050),
        ("18026,52", 1802652),
        ("1 000 000,00", 100000000),
        ("1\u00a0000.50", 100050),
        ("-5.00", -500),
        ("0.10000", 10),
        ("7.", 700),
    ],
)
def test_sums_are_exact_kopecks(text, amount):
    assert kopecks(text) == amount


@pytest.mark.parametrize(
    "text", ["", "1e5", "nan", "inf", "1.005", "1,2,3", "12 34", "0x1F", "١٢", "5 руб", "--5"]
)
def test_what_is_no_sum_is_refused(text):
    with pytest.raises(BadValue):
        kopecks(text)


def test_the_currency_is_read_from_the_account():
    assert currency_of("40702840900000000001") == "USD"
    assert currency_of("40702810900000000001") == "RUB"
    assert currency_of("KZ00000T0000000000A1") == "KZT"
