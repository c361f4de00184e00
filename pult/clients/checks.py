"""Requisites typed by people, cleaned and checked; the arithmetic is `logic.requisites`."""

from typing import Any


def check_requisites(fields: dict[str, Any], country: str = "RU") -> dict[str, Any]:
    return fields


def check_account(account: str, bik: str, country: str) -> None:
    pass
