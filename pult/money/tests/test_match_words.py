"""Every word matching can say has its translation."""

import re
from pathlib import Path
from typing import get_args

from pult import money
from pult.money import match_words
from pult.money.logic.matching import kinds
from pult.money.logic.matching.match import Confidence, Kind


def test_kinds_and_confidences_are_all_named():
    assert set(match_words.KINDS) == set(get_args(Kind))
    assert set(match_words.CONFIDENCES) == set(get_args(Confidence))


def test_reasons_are_all_named():
    texts = [path.read_text(encoding="utf-8") for path in _telling()]
    quoted = {word for text in texts for word in re.findall(r'"([a-z_]+)"', text)}
    captured = {word for text in texts for word in re.findall(r"\?P<(\w+)>", text)}
    assert set(match_words.REASONS) <= quoted | captured
    assert captured <= set(match_words.REASONS)


def _telling() -> list[Path]:
    """The modules of matching, and every other of the package that says why."""
    package, matching = Path(money.__file__).parent, Path(kinds.__file__).parent
    others = {path for path in package.rglob("*.py") if "tests" not in path.parts}
    said = [path for path in others if "reasons" in path.read_text(encoding="utf-8")]
    return sorted({*matching.glob("*.py"), *said} - {Path(match_words.__file__)})
