"""Calls to somebody else's service: paced, patient with "too often", bounded in size and time.

A `Caller` knows one host. It sends its secrets to no other one, follows redirects for files alone
and waits as long as the service asks, within reason.
"""

from pult.integrations.calling.caller import Answer, Caller, Flow
from pult.integrations.calling.errors import (
    BadAnswer,
    Denied,
    Missing,
    TooOften,
    Trouble,
    Unreached,
)

__all__ = [
    "Answer",
    "BadAnswer",
    "Caller",
    "Denied",
    "Flow",
    "Missing",
    "TooOften",
    "Trouble",
    "Unreached",
]
