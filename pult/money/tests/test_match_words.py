"""Every word matching can say has its translation."""

import re
from pathlib import Path
from typing import get_args

from pult.money import match_words
from pult.money.logic.matching import kinds
from pult.money.logic.matching.match import Confidence, Kind
from pult.money.queries import proposed


def test_kinds_and_confidences_are_all_named():
    assert set(match_words.KINDS) == set(get_args(Kind))
    assert set(match_words.CONFIDENCES) == set(get_args(Confidence))


def test_reasons_are_all_named():
    folder = Path(kinds.__file__).parent
    files = [*folder.glob("*.py"), Path(proposed.__file__)]
    sources = "".join(path.read_text(encoding="utf-8") for path in files)
    quoted = set(re.findall(r'"([a-z_]+)"', sources)) | set(re.findall(r"\?P<(\w+)>", sources))
    assert set(match_words.REASONS) <= quoted
    assert set(re.findall(r"\?P<(\w+)>", sources)) <= set(match_words.REASONS)
