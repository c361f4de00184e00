"""The people and clients of a generated agency, inserted in bulk into an empty database."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pult.clients.generated import index_generated, insert_clients
from pult.clients.models import Assignment, Client, LegalEntity, ServiceLine
from pult.console.demo.cast import inn_of
from pult.people.actions import hire
from pult.people.models import Department, Team

CLIENTS_A_MANAGER = 60
BATCH = 2000


@dataclass(frozen=True)
class Agency:
    """Ids of what was made: `clients[i]` has `lines[i]` and the manager `managers[i]`."""

    clients: list[int]
    lines: list[int]
    managers: list[int]
    accountant: int


def found(clients: int, since: datetime) -> Agency:
    """Make the agency in an empty database."""
    managers, accountant = _people(max(2, clients // CLIENTS_A_MANAGER), since)
    with transaction.atomic():
        ids = _clients(clients, since)
        lines = _lines(ids, since)
        owners = [managers[i % len(managers)] for i in range(clients)]
        Assignment.objects.bulk_create(
            (
                Assignment(client_id=client, user_id=owner, role="am", since=since)
                for client, owner in zip(ids, owners, strict=True)
            ),
            batch_size=BATCH,
        )
        index_generated(ids)
    return Agency(ids, lines, owners, accountant)


def _people(managers: int, since: datetime) -> tuple[list[int], int]:
    department = Department.objects.get_or_create(code="accounts")[0]
    teams = [Team.objects.create(name=f"Команда {n + 1}", department=department) for n in range(4)]

    def come(login: str, name: str, role: str, team: Team | None = None) -> int:
        return hire(
            email=f"{login}@seed.pult",
            full_name=name,
            roles=[role],
            team=team,
            department=department,
            since=since.date(),
            by=None,
        ).pk

    for role in ("head", "director", "sales", "it", "production_head"):
        come(role, f"Сотрудник {role}", role, teams[0] if role == "head" else None)
    ams = [come(f"am{n + 1}", f"Менеджер {n + 1}", "am", teams[n % 4]) for n in range(managers)]
    return ams, come("accountant", "Сотрудник accountant", "accountant")


def _clients(count: int, since: datetime) -> list[int]:
    rows = insert_clients(
        Client(
            name=f"Клиент {number + 1:05}",
            status=Client.Status.CLIENT,
            about="клиент для измерений",
            worked_since=since.date(),
            created_at=since,
            changed_at=since,
        )
        for number in range(count)
    )
    LegalEntity.objects.bulk_create(
        (
            LegalEntity(client=row, name=f"ООО «{row.name}»", inn=inn_of(number + 1))
            for number, row in enumerate(rows)
        ),
        batch_size=BATCH,
    )
    return [row.pk for row in rows]


def _lines(clients: list[int], since: datetime) -> list[int]:
    rows = ServiceLine.objects.bulk_create(
        (
            ServiceLine(
                client_id=client,
                name="Яндекс.Директ",
                tool=ServiceLine.Tool.CONTEXT,
                platform="yandex",
                status=ServiceLine.Status.RUNNING,
                monthly_budget=10_000_000,
                started_at=since,
            )
            for client in clients
        ),
        batch_size=BATCH,
    )
    return [row.pk for row in rows]
