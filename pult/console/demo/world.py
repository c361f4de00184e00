"""The demo agency on its first day: its people, clients, requisites and service lines."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pult.clients.actions import (
    add_account,
    add_contact,
    add_contract,
    add_entity,
    add_line,
    add_own_account,
    add_own_entity,
    assign,
    create_client,
    link_feed,
    set_scheme,
)
from pult.clients.models import Client, LegalEntity, OwnEntity, ServiceLine
from pult.console.demo import cast
from pult.console.demo.cast import Firm
from pult.console.demo.story import DAYS, LineStory
from pult.people.actions import hire
from pult.people.models import Department, Team, User

SINCE = date(2024, 1, 9)
SOURCES = {"context": "direct", "target": "vk"}
SPECIALISTS = {"context": "darya", "target": "kirill"}
SEO_FEE = 4_500_000


@dataclass
class World:
    """What the life needs to find again, by the names of the cast."""

    people: dict[str, User]
    own: OwnEntity
    clients: dict[str, Client]
    entities: dict[str, LegalEntity]
    lines: dict[tuple[str, str], ServiceLine]

    def am(self, firm: Firm) -> User:
        return self.people[firm.am]


def open_agency() -> tuple[dict[str, User], OwnEntity]:
    """Hire everybody and enter the agency's own legal entity with its account."""
    departments = {
        code: Department.objects.get_or_create(code=code)[0]
        for code in ("accounts", "context", "target", "design", "seo")
    }
    teams = {
        name: Team.objects.create(name=name, department=departments["accounts"])
        for name in cast.TEAMS
    }
    people = {
        person.login: hire(
            email=f"{person.login}@{cast.DOMAIN}",
            full_name=person.name,
            roles=[person.role],
            team=teams.get(person.team),
            department=departments.get(person.department),
            since=SINCE,
            by=None,
        )
        for person in cast.PEOPLE
    }
    accountant = people["zhanna"]
    own = add_own_entity(
        by=accountant,
        name=cast.AGENCY_NAME,
        inn=cast.AGENCY_INN,
        kpp=cast.AGENCY_KPP,
        address=cast.AGENCY_ADDRESS,
        signatory=cast.AGENCY_SIGNATORY,
    )
    add_own_account(
        by=accountant,
        entity_id=own.pk,
        account=cast.AGENCY_ACCOUNT,
        bik=cast.AGENCY_BIK,
        bank=cast.AGENCY_BANK,
    )
    return people, own


def enter_clients(
    people: dict[str, User], own: OwnEntity, stories: list[LineStory], first: date
) -> World:
    """Enter every firm with its payer, contract, contacts and lines."""
    world = World(people, own, {}, {}, {})
    random = Random(11)
    for number, firm in enumerate(cast.FIRMS):
        client = create_client(
            by=people["vera"],
            name=firm.name,
            status=Client.Status.CLIENT,
            about=firm.about,
            worked_since=first - timedelta(days=random.randint(20, 600)),
            am=people[firm.am],
        )
        world.clients[firm.name] = client
        _enter_requisites(world, firm, client, number)
        _enter_contacts(world, firm, client, number, random)
        for tool in SPECIALISTS.keys() & set(firm.tools):
            user = people[SPECIALISTS[tool]]
            assign(by=people["vera"], client_id=client.pk, user=user, role="executor")
        mine = [story for story in stories if story.firm is firm]
        for tool in firm.tools:
            story = next((s for s in mine if s.tool == tool), None)
            _enter_line(world, firm, client, tool, story, first)
    return world


def _enter_requisites(world: World, firm: Firm, client: Client, number: int) -> None:
    manager, accountant = world.am(firm), world.people["zhanna"]
    entity = add_entity(
        by=manager,
        client_id=client.pk,
        name=firm.legal,
        inn=cast.inn_of(number + 1),
        kpp="780101001",
    )
    world.entities[firm.name] = entity
    add_account(
        by=manager,
        entity_id=entity.pk,
        account=account_of(number + 101),
        bik=cast.AGENCY_BIK,
        bank=cast.AGENCY_BANK,
    )
    contract = add_contract(
        by=world.people["vera"],
        client_id=client.pk,
        number=f"К-{number + 101}",
        signed_on=client.worked_since,
        entity=entity,
        own_entity=world.own,
    )
    set_scheme(by=accountant, contract_id=contract.pk, kind="prepaid", since=client.worked_since)


def _enter_contacts(world: World, firm: Firm, client: Client, number: int, random: Random) -> None:
    for place in range(random.randint(1, 2)):
        name = cast.CONTACT_NAMES[(number + place * 3) % len(cast.CONTACT_NAMES)]
        add_contact(
            by=world.am(firm),
            client_id=client.pk,
            name=name,
            position=cast.POSTS[(number + place) % len(cast.POSTS)],
            phone=f"+7 900 000-{number:02}-{place:02}",
            email=f"contact{number}-{place}@example.com",
            decides=place == 0,
            birthday_day=random.randint(1, 28),
            birthday_month=random.randint(1, 12),
        )
    if number == 2:  # whose term of keeping has passed: the head finds them among the gaps
        mail, left = "former@example.com", {"left": True, "position": "маркетолог"}
        add_contact(by=world.am(firm), client_id=client.pk, name="Нина Сойкина", email=mail, **left)


def _enter_line(
    world: World, firm: Firm, client: Client, tool: str, story: LineStory | None, first: date
) -> None:
    name, platform = cast.TOOLS[tool]
    line = add_line(
        by=world.am(firm),
        client_id=client.pk,
        name=name,
        tool=tool,
        platform=platform,
        monthly_budget=story.monthly if story else SEO_FEE,
        period_from=first,
        planned_start=first + timedelta(days=DAYS + 9) if firm.habit == "new" else None,
        contract=client.contracts.get(),
        payer=world.entities[firm.name],
    )
    world.lines[firm.name, tool] = line
    if story:
        link_feed(
            by=world.people[SPECIALISTS[tool]],
            line_id=line.pk,
            source=SOURCES[tool],
            login=story.login,
            campaign_id=story.campaign,
        )


def account_of(number: int) -> str:
    """A settlement account of firm `number` whose control digit agrees with the demo bank."""
    for control in range(10):
        account = f"40702810{control}{number:011}"
        digits = cast.AGENCY_BIK[-3:] + account
        if sum(int(d) * (7, 1, 3)[i % 3] % 10 for i, d in enumerate(digits)) % 10 == 0:
            return account
    raise AssertionError("one of ten digits always fits")
