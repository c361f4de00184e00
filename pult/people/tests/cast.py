"""The cast of the tests, in the order of the alphabet."""

from dataclasses import dataclass
from datetime import date

from pult.kernel.roles import Role
from pult.people.actions import hire
from pult.people.models import Department, Team, User

SINCE = date(2019, 1, 9)


@dataclass(frozen=True)
class Cast:
    """Анна and Борис manage accounts, Вера heads them, Глеб sells, Дарья runs ads, Егор heads
    production, Жанна counts, Захар directs. `team` is Вера's; Борис has no team."""

    anna: User
    boris: User
    vera: User
    gleb: User
    darya: User
    egor: User
    zhanna: User
    zakhar: User
    team: Team


def assemble() -> Cast:
    """Hire everybody as of 2019."""
    accounts = Department.objects.create(code=Department.Code.ACCOUNTS)
    context = Department.objects.create(code=Department.Code.CONTEXT)
    team = Team.objects.create(name="Первая группа", department=accounts)

    def come(
        login: str, name: str, role: str, department: Department | None, team: Team | None = None
    ) -> User:
        return hire(
            email=f"{login}@agency.example",
            full_name=name,
            roles=[role],
            team=team,
            department=department,
            since=SINCE,
            by=None,
        )

    return Cast(
        anna=come("anna", "Анна Берёзова", Role.AM, accounts, team),
        boris=come("boris", "Борис Ветров", Role.AM, accounts),
        vera=come("vera", "Вера Громова", Role.HEAD, accounts, team),
        gleb=come("gleb", "Глеб Дубов", Role.SALES, None),
        darya=come("darya", "Дарья Ершова", Role.EXECUTOR, context),
        egor=come("egor", "Егор Жаров", Role.PRODUCTION_HEAD, context),
        zhanna=come("zhanna", "Жанна Зимина", Role.ACCOUNTANT, None),
        zakhar=come("zakhar", "Захар Ильин", Role.DIRECTOR, None),
        team=team,
    )
