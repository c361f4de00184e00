"""The rules of the house that a machine can hold."""

import ast
import re
import subprocess
import sys

import pytest

from pult.ui.field_words import UNSEEN, WORDS
from tests.sources import PACKAGE, ROOT, name, python_files, tracked

LONGEST_FILE = 300
LONGEST_VIEW = 25
CLOCK = PACKAGE / "kernel" / "clock.py"
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
CONVERSIONS = {"localtime", "localdate"}
CLOCK_CALLS = {"now", "today", "utcnow", "localdate", "localtime"}
CLOCK_WORDS = re.compile(r"\bCURRENT_(TIMESTAMP|DATE|TIME)\b|(?<!\.)\bnow\(\)", re.I | re.S)
# Split so that this file does not name what it forbids.
FORBIDDEN_TEXT = [
    "/wo" + "rk/",
    "/ro" + "ot/",
    "pythonhos" + "ted",
    "pypi." + "org",
    "npm" + "js.org",
]


def test_no_python_file_is_longer_than_a_reader_can_hold():
    long = {
        name(path): count
        for path in [*python_files(tests=True), *(ROOT / "tests").rglob("*.py")]
        if (count := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def views(tree: ast.AST) -> list[ast.FunctionDef]:
    """Functions that say who may open them."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any(
            isinstance(one, ast.Call) and getattr(one.func, "id", "") == "access"
            for one in node.decorator_list
        )
    ]


def test_a_view_is_short():
    found = {
        f"{name(path)}: {view.name}": length
        for path in python_files()
        if path.is_relative_to(PACKAGE / "web")
        for view in views(ast.parse(path.read_text()))
        if (length := view.end_lineno - view.lineno + 1) > LONGEST_VIEW
    }
    assert found == {}


def test_packages_import_only_what_the_house_allows():
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout


def clock_readings(tree: ast.AST) -> list[int]:
    """Lines that ask some library, or the database, what time it is."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and CLOCK_WORDS.search(str(node.value)):
            lines.append(node.lineno)
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        owner_name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
        asks = node.func.attr not in CONVERSIONS or not node.args
        if (
            asks
            and node.func.attr in CLOCK_CALLS
            and owner_name in {"datetime", "date", "timezone", "dt"}
        ):
            lines.append(node.lineno)
        if node.func.attr in {"time", "time_ns"} and owner_name == "time":
            lines.append(node.lineno)
    return lines


def test_only_the_clock_reads_the_clock():
    found = {
        name(path): lines
        for path in python_files()
        if path != CLOCK and (lines := clock_readings(ast.parse(path.read_text())))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("timezone.now()", [1]),
        ("x = datetime.datetime.now(tz)", [1]),
        ("date.today()", [1]),
        ("time.time()", [1]),
        ("timezone.localtime()", [1]),
        ("'SELECT 1 WHERE until > CURRENT_TIMESTAMP'", [1]),
        ("f'SELECT {x} FROM t WHERE until > now()'", [1]),
        ("timezone.localtime(at)", []),
        ("clock.now()", []),
        ("time.perf_counter()", []),
    ],
)
def test_the_clock_rule_sees_what_it_should(source, lines):
    assert clock_readings(ast.parse(source)) == lines


def formatted_messages(tree: ast.AST) -> list[int]:
    """Lines where a message is glued before it is translated."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in GETTEXT
        and node.args
        and not isinstance(node.args[0], ast.Constant)
    ]


def test_messages_are_whole_before_they_are_translated():
    found = {
        name(path): lines
        for path in python_files()
        if (lines := formatted_messages(ast.parse(path.read_text())))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [('_(f"{n} clients")', [1]), ('_("a" + b)', [1]), ('_("%(n)s clients") % {"n": 1}', [])],
)
def test_the_message_rule_sees_what_it_should(source, lines):
    assert formatted_messages(ast.parse(source)) == lines


def names(text: str, word: str) -> bool:
    """Whether a text has a word that is not the tail of a longer path, as a package's folder is."""
    return re.search(rf"(?<!\w){re.escape(word)}", text) is not None


def test_nothing_names_a_machine_path_or_a_registry():
    found = []
    for path in tracked(".py", ".md", ".toml", ".lock", ".html", ".css", ".js", ".in", "run"):
        text = path.read_text(encoding="utf-8")
        found += [f"{name(path)}: {word}" for word in FORBIDDEN_TEXT if names(text, word)]
    assert found == []


# Statistics over amounts, and cells of a workbook before they are amounts; no sum is kept so.
NO_AMOUNTS = {
    "pult/clients/logic/movein/planning.py": "how alike two names are",
    "pult/integrations/table/workbook.py": "a cell as the file has it, turned into text at once",
    "pult/money/actions/forecasts.py": "arrays of the forecast",
    "pult/money/logic/backtest.py": "scores of the forecast",
    "pult/money/logic/forecast.py": "chances and bands",
    "pult/money/logic/series.py": "the generator of spend to score it with",
    "pult/money/queries/coverage.py": "shares of forecasts that held",
}
CARRIERS = ("clients", "money", "integrations")


def floats(tree: ast.AST) -> list[int]:
    """Lines that name the type whose cents do not add up."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Attribute) and node.attr in ("FloatField", "float64", "float32"))
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]


def test_money_is_never_a_float():
    found = {
        name(path): lines
        for path in python_files()
        if any(path.is_relative_to(PACKAGE / domain) for domain in CARRIERS)
        and (lines := floats(ast.parse(path.read_text())))
    }
    assert {path: lines for path, lines in found.items() if path not in NO_AMOUNTS} == {}
    assert NO_AMOUNTS.keys() - found.keys() == set(), "an exemption nobody needs"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x: float = 1", [1]),
        ("models.FloatField()", [1]),
        ("share = total * 0.2", [1]),
        ("Decimal('0.2')", []),
        ("value // 100", []),
    ],
)
def test_the_money_rule_sees_what_it_should(source, lines):
    assert floats(ast.parse(source)) == lines


def test_no_signals_connect_things_behind_the_reader():
    found = [
        name(path)
        for path in python_files()
        if re.search(r"django\.(db\.models|core|dispatch)\.?signals|@receiver", path.read_text())
    ]
    assert found == []


def test_pages_ask_for_clients_only_through_the_access_rule():
    pattern = re.compile(r"\b(Client|ServiceLine|Invoice|Payment|Contact)\.objects\b")
    found = [
        name(path)
        for path in python_files()
        if path.is_relative_to(PACKAGE / "web") and pattern.search(path.read_text())
    ]
    assert found == []


def test_nobody_outside_their_package_takes_clients_past_the_access_rule():
    pattern = re.compile(r"\bClient\.(objects|_default_manager|_base_manager)\b")
    found = [
        name(path)
        for path in python_files()
        if not path.is_relative_to(PACKAGE / "clients") and pattern.search(path.read_text())
    ]
    assert found == []


def test_templates_carry_no_inline_script_or_style():
    pattern = re.compile(
        r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*\bsrc=)(?![^>]*type=\"importmap\")"
    )
    found = [name(path) for path in tracked(".html") if pattern.search(path.read_text())]
    assert found == []


def test_pages_read_the_number_of_a_row_with_the_one_reader_there_is():
    pattern = re.compile(r"\.is(?:digit|decimal|numeric)\(")
    found = {
        name(path): places
        for path in python_files()
        if path.is_relative_to(PACKAGE / "web" / "pages")
        and (places := pattern.findall(path.read_text()))
    }
    assert found == {}


def test_every_field_an_error_names_has_words_for_people():
    named = re.compile(r'\bfield="(\w+)"')
    typed = re.compile(r'\b(?:check_day|day_of|day_or_none|whole_of|kopecks_of)\([\w.]+, "(\w+)"')
    codes = {
        code
        for path in python_files()
        for pattern in (named, typed)
        for code in pattern.findall(path.read_text())
    }
    assert codes - WORDS.keys() - UNSEEN == set()
    assert UNSEEN - codes == set(), "a code nobody names"
