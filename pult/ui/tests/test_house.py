"""Rules of the interface: bytes, no inline code, everything shown and written down."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from pult.ui.assets import FOLDER, names
from pult.ui.specimens import CHAPTERS, specimens
from pult.ui.templatetags import pult as library

HOME = Path(__file__).resolve().parents[1]
TEMPLATES = sorted((HOME / "templates").rglob("*.html"))
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|https?://", re.IGNORECASE
)
PLUMBING = {"frame", "here", "still", "token", "printed", "stylesheets", "scripts"}


def weight(path: str | Path) -> int:
    return len(gzip.compress(Path(path).read_bytes(), 6))


def test_a_first_visit_stays_light_and_short():
    files = [finders.find(name) for name in (*names("css"), *names("js"))]
    files += [finders.find("django_htmx/htmx-2.min.js"), FOLDER / "favicon.svg"]
    page = 1
    assert len(files) + page <= 10
    assert len(names("css")) <= 5
    assert len(names("js")) <= 3
    # The page itself is allowed what is left: lists of fifty rows pack into some 15 KB.
    assert sum(weight(path) for path in files) <= 60_000


def test_our_modules_keep_their_budget():
    texts = [(FOLDER / "js" / Path(name).name).read_text() for name in names("js")]
    assert sum(len(text.splitlines()) for text in texts) <= 1_500
    assert sum(len(text.encode()) for text in texts) <= 40_000


def test_no_sheet_waits_for_another_and_the_layers_are_declared_first():
    sheets = [(FOLDER / "css" / Path(name).name).read_text() for name in names("css")]
    assert sheets[0].startswith("@layer reset, tokens, base, layout, components, utilities, print;")
    assert not any("@import" in sheet or "url(" in sheet for sheet in sheets)


def test_modules_speak_no_language_and_call_no_foreign_host():
    for path in (FOLDER / "js").glob("*.js"):
        code = re.sub(r"//.*", "", path.read_text())
        assert not re.search(r"[а-яё]", code, re.IGNORECASE), path.name
        assert "http" not in code.replace("https?:", ""), path.name
        assert "eval(" not in code, path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_inline_code_and_no_foreign_address(path):
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text())
    assert not INLINE.search(text)


def test_the_inline_check_sees_what_it_must():
    for bad in ('<p style="x">', "<script>x</script>", '<a onclick="x">', "<style>", "https://x"):
        assert INLINE.search(bad), bad
    for good in ('<script src="/x.js" defer>', '<meta name="color-scheme" content="x">'):
        assert not INLINE.search(good), good


def drawn_tags() -> set[str]:
    shown = " ".join(one.source for chapter, _ in CHAPTERS for one in specimens(chapter))
    return set(re.findall(r"\{%\s*(\w+)", shown)) | set(re.findall(r"\|(\w+)", shown))


def test_the_catalogue_shows_every_component():
    known = set(library.register.tags) | set(library.register.filters)
    assert known - PLUMBING - drawn_tags() == set()


def test_the_readme_gives_the_call_of_every_component():
    written = (HOME / "README.md").read_text()
    known = set(library.register.tags) | set(library.register.filters)
    missing = {name for name in known if not re.search(rf"\b{name}\b", written)}
    assert missing == set()


def test_every_chapter_has_specimens_and_a_nameless_one_is_refused(tmp_path, monkeypatch):
    assert all(specimens(chapter) for chapter, _ in CHAPTERS)
    (tmp_path / "templates" / "ui" / "specimens" / "x").mkdir(parents=True)
    folder = tmp_path / "templates" / "ui" / "specimens"
    (folder / "x" / "01-bad.html").write_text("<p>no name</p>")
    monkeypatch.setattr("pult.ui.specimens.FOLDER", folder)
    with pytest.raises(ValueError, match=r"01-bad\.html"):
        specimens("x")


def test_the_russian_words_are_complete():
    from pult.kernel.catalogues import read_catalogue, wanted_messages

    known = read_catalogue([HOME / "locale" / "ru" / "LC_MESSAGES" / "django.po"])
    missing = []
    for (msgid, context), places in wanted_messages().items():
        if not any(place.startswith("pult/ui/") for place in places):
            continue
        found = known.get(msgid, context)
        whole = found and all(found.string if isinstance(found.string, tuple) else [found.string])
        if not whole:
            missing.append(msgid)
    assert missing == []
