"""The regulation as one pure function: `evaluate(cards, facts, parameters, calendars, now)`.

What the states, flags, windows and wakes mean stands in README.md beside this file.
"""

from pult.regulation.evaluate.build import build_facts, cut, facts_from_columns, select, stable_key
from pult.regulation.evaluate.calendars import Calendars, Version
from pult.regulation.evaluate.columns import Index
from pult.regulation.evaluate.gate import Ask, Decision, decide
from pult.regulation.evaluate.layers import dirty_clauses, ordered_clauses, upward, with_lower
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.reads import depends_on, parameters_of, reads
from pult.regulation.evaluate.run import evaluate

__all__ = [
    "Ask",
    "Calendars",
    "Decision",
    "Index",
    "Parameters",
    "Version",
    "build_facts",
    "cut",
    "decide",
    "depends_on",
    "dirty_clauses",
    "evaluate",
    "facts_from_columns",
    "ordered_clauses",
    "parameters_of",
    "reads",
    "select",
    "stable_key",
    "upward",
    "with_lower",
]
