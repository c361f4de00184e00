"""What cannot be seen is not kept, and an address is a path of ours or none."""

import pytest

from pult.kernel.words import id_of, is_host, is_local_path, is_plain, line_of, text_of


@pytest.mark.parametrize(
    "typed", ["\u200b", "\u2060\ufeff", " \u00ad ", "\x00", "\u200d", "\u3164"]
)
def test_letters_nobody_can_see_are_no_name(typed):
    assert line_of(typed) == ""


def test_a_text_keeps_its_lines_and_a_line_has_one():
    assert text_of(" да\x00,\r\n\u200bнет ") == "да,\nнет"
    assert line_of("ООО\t «Ромашка»\n") == "ООО «Ромашка»"
    assert line_of("семья 👨\u200d👩") == "семья 👨\u200d👩"


def test_a_number_of_a_paper_is_of_plain_letters():
    assert all(map(is_plain, ("82", "А-7/2026", "№ 5", "INV_1", "12–3")))
    odd = ("٣", "½", "²", "１２", "8\u200d2", "\u061c82", "82\u0301", "א7", "8\u00a02", "Ⅷ")
    assert not any(map(is_plain, odd))


def test_a_host_is_dotted_labels():
    assert all(map(is_host, ("example.ru", "ромашка.рф", "a-b.shop.example.com:8080")))
    hosts = ("..", "example", '"><script>', "a..ru", "-a.ru", "a.ru/x", f"{'a' * 250}.ru", "")
    assert not any(map(is_host, hosts))


def test_only_a_path_of_this_site_is_returned_to():
    assert is_local_path("/clients/?q=1")
    strange = (
        "NaN",
        "0",
        "1e309",
        "",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
    )
    assert not any(map(is_local_path, strange))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("17", 17),
        (str(2**63 - 1), 2**63 - 1),
        (str(2**63), None),
        ("9" * 5000, None),
        ("²", None),
        ("१७", None),
        ("-1", None),
        ("1 7", None),
        ("", None),
    ],
)
def test_an_id_is_what_the_database_can_hold(typed, number):
    assert id_of(typed) == number
