"""Which strengths a client's demands call for. No Django here; nothing is chosen for anybody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

HIGH = 3
# A demand that is high asks for the strength of a manager that answers it.
ANSWERS = {"risk": "bold", "creativity": "creative", "strictness": "order"}


@dataclass(frozen=True)
class Fit:
    """Codes of demands a manager answers, and of those nothing of theirs answers."""

    answers: tuple[str, ...]
    lacks: tuple[str, ...]


def fit_of(demands: Mapping[str, int | None], strengths: Collection[str]) -> Fit:
    """Only what is demanded highly counts; what nobody has said demands nothing."""
    high = [code for code in ANSWERS if (demands.get(code) or 0) >= HIGH]
    return Fit(
        answers=tuple(code for code in high if ANSWERS[code] in strengths),
        lacks=tuple(code for code in high if ANSWERS[code] not in strengths),
    )
