"""What the environment says and what browsers are told of it."""

import re
import runpy
from pathlib import Path

import pytest

SETTINGS = Path(__file__).parents[1]
README = Path(__file__).parents[3] / "README.md"
OF_DEVELOPERS = {"PULT_DEBUG", "PULT_DEMO"}


@pytest.fixture
def settings_with(monkeypatch):
    """`settings_with(PULT_ORIGINS="…")` reads the settings of signing in as a start would."""

    def read(**environment):
        for name in ("PULT_HOSTS", "PULT_ORIGINS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS / "sign_in.py"))

    return read


@pytest.mark.parametrize(
    ("origins", "is_secure"),
    [
        ("https://pult.example.com", True),
        ("https://pult.example.com/, https://10.0.0.5:8443", True),
        ("http://10.0.0.5:8000", False),
        ("https://pult.example.com,http://10.0.0.5:8000", False),
        ("", False),
    ],
)
def test_cookies_are_secure_where_every_address_people_type_is_https(
    settings_with, origins, is_secure
):
    found = settings_with(PULT_HOSTS="pult.example.com,10.0.0.5", PULT_ORIGINS=origins)
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is is_secure
    assert (found["SECURE_HSTS_SECONDS"] > 0) is is_secure


def test_https_on_this_machine_is_https_too(settings_with):
    assert settings_with(PULT_ORIGINS="https://localhost")["SESSION_COOKIE_SECURE"]


def test_an_origin_is_taken_as_people_write_it(settings_with):
    found = settings_with(PULT_ORIGINS=" https://pult.example.com/ , ", PULT_HOSTS="a.ru, b.ru")
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://pult.example.com"]
    assert found["ALLOWED_HOSTS"] == ["a.ru", "b.ru"]


@pytest.mark.parametrize("origins", ["pult.example.com", "https://", "ftp://pult.example.com"])
def test_an_origin_without_its_scheme_is_refused_at_the_start(settings_with, origins):
    with pytest.raises(ValueError, match=re.escape(f"«{origins}»; use https://")):
        settings_with(PULT_ORIGINS=origins)


def test_the_readme_lists_every_setting_there_is():
    source = "\n".join(path.read_text() for path in SETTINGS.glob("*.py"))
    read = set(re.findall(r'environ(?:\.get\(|\[)"(PULT_\w+)"', source))
    listed = set(re.findall(r"^\| `(PULT_\w+)` \|", README.read_text(), re.MULTILINE))
    assert read - OF_DEVELOPERS == listed
