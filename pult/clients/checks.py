"""Requisites typed by people, cleaned and checked; the arithmetic is `logic.requisites`."""

from typing import Any

from pult.clients.logic.movein.reading import Check


def check_requisites(fields: dict[str, Any], country: str = "RU") -> dict[str, Any]:
    return fields


def check_account(account: str, bik: str, country: str) -> None:
    pass


def number_checks() -> dict[str, Check]:
    """The checks of an import: a hint when a Russian number cannot be right, else None."""
    return {}
