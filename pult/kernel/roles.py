"""Roles at the agency and the audiences of facts they belong to."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What a person does at the agency; one person may hold several."""

    AM = "am", pgettext_lazy("role", "Account manager")
    HEAD = "head", pgettext_lazy("role", "Head of client service")
    SALES = "sales", pgettext_lazy("role", "Sales manager")
    EXECUTOR = "executor", pgettext_lazy("role", "Specialist")
    PRODUCTION_HEAD = "production_head", pgettext_lazy("role", "Head of production")
    PRODUCTION_DIRECTOR = "production_director", pgettext_lazy("role", "Production director")
    ACCOUNTANT = "accountant", pgettext_lazy("role", "Accountant")
    DIRECTOR = "director", pgettext_lazy("role", "Director")
    IT = "it", pgettext_lazy("role", "IT")
    CONTRACTOR = "contractor", pgettext_lazy("role", "Contractor")
    CLIENT = "client", pgettext_lazy("role", "Client")


EVERY_ROLE = frozenset(Role.values)
STAFF = EVERY_ROLE - {Role.CLIENT, Role.CONTRACTOR}
DEPARTMENT = frozenset({Role.AM, Role.HEAD, Role.DIRECTOR})
MONEY = frozenset({Role.AM, Role.HEAD, Role.SALES, Role.ACCOUNTANT, Role.DIRECTOR})

AUDIENCES = {"all": EVERY_ROLE, "staff": STAFF, "department": DEPARTMENT, "money": MONEY}


def effective(held: Iterable[str]) -> frozenset[str]:
    """What somebody may act in of the roles they hold: a contractor in nothing else, whatever work
    they were taken for."""
    roles = frozenset(held)
    return frozenset({Role.CONTRACTOR.value}) if Role.CONTRACTOR in roles else roles


def audiences_of(roles: Iterable[str]) -> frozenset[str]:
    """The audiences of facts that a holder of these roles belongs to."""
    held = set(roles)
    return frozenset(name for name, members in AUDIENCES.items() if held & members)
