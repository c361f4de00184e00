"""Requisites typed by people, cleaned and checked; the arithmetic is `logic.requisites`."""

from collections.abc import Callable
from datetime import date
from typing import Any

from pult.clients.logic import requisites
from pult.clients.logic.movein.reading import Check
from pult.clients.requisite_words import HINT, PROBLEMS, WARNINGS
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput

RUSSIA = "RU"
NUMBERS = ("inn", "kpp", "ogrn")


def check_requisites(fields: dict[str, Any], country: str = RUSSIA) -> dict[str, Any]:
    """`fields` with the numbers among them cleaned of spaces.

    Raises BadInput naming the first number that cannot be right and what it may have been.
    `country` is that of the entity unless `fields` change it.
    """
    country = fields.get("country", country)
    cleaned = dict(fields)
    for name in NUMBERS:
        if number := fields.get(name):
            result = _judge(name, number, country)
            _refuse(result, name)
            cleaned[name] = result.value
    return cleaned


def check_account(account: str, bik: str, country: str = RUSSIA) -> None:
    """Raise BadInput when a Russian account cannot belong to the bank with this code."""
    if country != RUSSIA:
        return
    _refuse(requisites.check_bik(bik), "bik")
    _refuse(requisites.check_account(account, bik), "account")


def account_warning(account: str, bik: str, country: str) -> str:
    """Why a kept Russian account could not be checked, in words; empty when it was."""
    return _warning(requisites.check_account(account, bik)) if country == RUSSIA else ""


def number_warning(inn: str, country: str) -> str:
    """Why a kept tax number could not be checked, in words; empty when it was."""
    return _warning(_judge("inn", inn, country)) if inn else ""


def _warning(result: requisites.Check) -> str:
    return str(WARNINGS.get(result.warning, ""))


def number_checks() -> dict[str, Check]:
    """The checks of an import: what is wrong with a value in words, None when it may be right."""
    return {
        "inn": _worded(requisites.check_inn),
        "kpp": _worded(requisites.check_kpp),
        "ogrn": _worded(_check_ogrn),
        "bik": _worded(requisites.check_bik),
        "account": _worded(requisites.check_account),
        "day": _far_day,
    }


def _far_day(day: date) -> str | None:
    try:
        check_day(day, "")
    except BadInput as problem:
        return str(problem.cure)
    return None


def _judge(name: str, number: str, country: str) -> requisites.Check:
    if country == RUSSIA:
        return RUSSIAN[name](number)
    if name == "inn":
        return requisites.check_foreign(number, country)
    return requisites.Check(True, number.strip())


def _check_ogrn(number: str) -> requisites.Check:
    """A company's number has 13 digits, an entrepreneur's 15."""
    digits = "".join(number.split())
    return requisites.check_ogrnip(number) if len(digits) == 15 else requisites.check_ogrn(number)


RUSSIAN = {"inn": requisites.check_inn, "kpp": requisites.check_kpp, "ogrn": _check_ogrn}


def _worded(check: Callable[..., requisites.Check]) -> Check:
    def judge(*numbers: str) -> str | None:
        result = check(*numbers)
        return None if result.ok else _words(result)

    return judge


def _words(result: requisites.Check) -> str:
    words = str(PROBLEMS.get(result.problem, ""))
    return f"{words} {_hint(result)}".strip()


def _hint(result: requisites.Check) -> str:
    return str(HINT) % {"value": result.hint} if result.hint else ""


def _refuse(result: requisites.Check, field: str) -> None:
    if not result.ok:
        raise BadInput(PROBLEMS[result.problem], field=field, cure=_hint(result))
