"""Facts stay for good, so nothing a person types may lie in them: every key of a payload that holds
text is known, and a void is explained by a phrase of Pult's own."""

import ast
from pathlib import Path

import pult
from pult.kernel.facts import kinds

CODES = "a code or an id of one list or another"
DAYS = "a day or a time of day"
NAMES = "names of columns, clauses and feeds, or ids of colleagues"
NUMBERS = "the number of an account or of an invoice"
KNOWN = {
    CODES: """
        about action basis by_role channel decision department direction edition field kind mapping
        origin ours outcome platform purpose q10 q50 q90 reason_code role scope_type sort template
        tool unit what category clause feed
    """,
    DAYS: "check_by day end last_day lunch_end lunch_start since start until",
    NAMES: "aims changed clauses counts fields gaps mentioned missing strengths",
    NUMBERS: "account before number",
}
# Pass on a phrase that their callers give: these callers are read too.
PASSES_ON = {"call_off", "_take_back"}


def test_no_fact_keeps_what_somebody_typed():
    known = {name for names in KNOWN.values() for name in names.split()}
    texts = {
        name
        for kind in kinds().values()
        if kind.code != "void" and not kind.code.startswith("test.")  # kinds of tests of facts
        for name, sort in kind.fields.items()
        if sort in (str, list, dict)
    }
    assert sorted(texts - known) == []
    assert sorted(known - texts) == []


def test_a_void_is_explained_by_a_phrase_and_never_by_typed_words():
    root, found = Path(pult.__file__).parent, []
    for path in root.rglob("*.py"):
        if "tests" not in path.parts and "void(" in (text := path.read_text()):
            found += [(path.relative_to(root), *one) for one in _reasons(ast.parse(text))]
    assert len(found) > 25
    assert [(str(path), line) for path, line, reason in found if not _is_phrase(reason)] == []


def _reasons(tree: ast.Module) -> list[tuple[int, ast.expr]]:
    found = []
    for function in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
        for call in (one for one in ast.walk(function) if isinstance(one, ast.Call)):
            name = getattr(call.func, "id", "")
            if name == "void" and function.name not in PASSES_ON:
                found += [(call.lineno, one.value) for one in call.keywords if one.arg == "reason"]
            elif name in PASSES_ON and len(call.args) == 3:
                found.append((call.lineno, call.args[-1]))
    return found


def _is_phrase(reason: ast.expr) -> bool:
    if isinstance(reason, ast.Call):
        return getattr(reason.func, "id", "") == "_" and _is_phrase(reason.args[0])
    return isinstance(reason, ast.Constant) or (
        isinstance(reason, ast.Name) and reason.id.isupper()
    )
