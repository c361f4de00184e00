"""Digests of the fields of a record: what both sides last agreed on, without keeping its words.

They are keyed with the data folder's key, so that a phone cannot be guessed from its mark.
"""

import hashlib
import hmac
from collections.abc import Mapping

from django.conf import settings

from pult.clients.logic.people import email_key, phone_key
from pult.kernel.words import line_of

LENGTH = 20
ERASED = "erased"


def marks_of(kind: str, values: Mapping[str, str]) -> dict[str, str]:
    """Field → digest of its value; values that mean the same have the same."""
    return {name: mark(kind, name, value) for name, value in values.items()}


def mark(kind: str, name: str, value: str) -> str:
    key = f"pult.migration{settings.SECRET_KEY}".encode()
    text = f"{kind}\x1f{name}\x1f{_same(name, value)}".encode()
    return hmac.new(key, text, hashlib.sha256).hexdigest()[:LENGTH]


def erased_id(kind: str, external_id: str) -> str:
    """What stands for the id of an erased person, which may be made of their name."""
    return f"{ERASED}:{mark(kind, 'id', external_id)}"


def _same(name: str, value: str) -> str:
    if name == "phone":
        return phone_key(value) or value
    if name == "email":
        return email_key(value) or value
    return line_of(value)
