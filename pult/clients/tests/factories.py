"""Rows for tests, with only what a test does not care about filled in."""

from datetime import UTC, date, datetime
from typing import Any

from pult.clients.models import (
    Assignment,
    Client,
    Contact,
    Contract,
    LegalEntity,
    OwnAccount,
    OwnEntity,
    ServiceLine,
)
from pult.kernel import clock
from pult.people.models import RoleGrant, User

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def make_user(name: str, *roles: str, since: date = LONG_AGO.date()) -> User:
    """A person with roles, as the sign-in would leave them."""
    user = User.objects.create(email=f"user{User.objects.count() + 1}@agency.test", full_name=name)
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, since=since)
    user.roles = frozenset(roles)
    return user


def make_client(name: str = "Ромашка", *, am: User | None = None, **fields: Any) -> Client:
    """A client, held by `am` since long ago."""
    now = clock.now()
    fields = {"status": "client", "created_at": now, "changed_at": now, **fields}
    client = Client.objects.create(name=name, **fields)
    if am:
        make_assignment(client, am)
    return client


def make_assignment(client: Client, user: User, role: str = "am", **fields: Any) -> Assignment:
    fields = {"since": LONG_AGO, **fields}
    return Assignment.objects.create(client=client, user=user, role=role, **fields)


def make_line(client: Client, name: str = "Контекст", **fields: Any) -> ServiceLine:
    """A running search line of 100,000 roubles a month."""
    fields = {
        "tool": "context",
        "platform": "direct",
        "status": "running",
        "monthly_budget": 100_000_00,
        **fields,
    }
    return ServiceLine.objects.create(client=client, name=name, **fields)


def make_entity(client: Client, inn: str = "7700000016", **fields: Any) -> LegalEntity:
    fields = {"name": f"ООО «{client.name}»", "kpp": "770001001", **fields}
    return LegalEntity.objects.create(client=client, inn=inn, **fields)


def make_contract(client: Client, number: str = "1", **fields: Any) -> Contract:
    fields = {"signed_on": date(2026, 1, 12), **fields}
    return Contract.objects.create(client=client, number=number, **fields)


def make_contact(client: Client, name: str = "Ирина Лес", **fields: Any) -> Contact:
    return Contact.objects.create(client=client, name=name, **fields)


def make_own_entity(name: str = "ООО «Пульт и партнёры»", **fields: Any) -> OwnEntity:
    return OwnEntity.objects.create(name=name, **fields)


def make_own_account(account: str = "40702810900000000001", **fields: Any) -> OwnAccount:
    return OwnAccount.objects.create(account=account, **fields)
