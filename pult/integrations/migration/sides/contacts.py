"""A person on a client's side, there and here."""

from pult.clients.actions import edit_contact
from pult.clients.logic.people import birthday, email_key, phone_key
from pult.clients.models import Contact as Row
from pult.integrations.migration.shape import Contact
from pult.integrations.migration.sides.people import Names
from pult.kernel.words import line_of
from pult.people.models import User

FILLED = frozenset(["name"])
COLUMNS = ("name", "position", "phone", "email")


def theirs(record: Contact, _names: Names) -> dict[str, str]:
    """What a card can take: no comment about a person, no year of birth."""
    phone, email = line_of(record.phone)[:40], email_key(record.email)
    return {
        "name": line_of(record.name)[:200],
        "position": line_of(record.position)[:200],
        "phone": phone if phone_key(phone) else "",
        "email": email[:200],
        "birthday": record.birthday,
    }


def ours(row: Row) -> dict[str, str]:
    found = {name: line_of(getattr(row, name)) for name in COLUMNS}
    day, month = row.birthday_day, row.birthday_month
    found["birthday"] = f"{day:02}.{month:02}" if day and month else ""
    return found


def columns_of(values: dict[str, str]) -> dict[str, object]:
    """The columns of a card that these values fill."""
    found: dict[str, object] = {name: values[name] for name in COLUMNS if name in values}
    if "birthday" in values:
        born = birthday(values["birthday"])
        found["birthday_day"] = born.day if born else None
        found["birthday_month"] = born.month if born else None
    return found


def take(by: User, row: Row, values: dict[str, str], _names: Names) -> None:
    edit_contact(by=by, contact_id=row.pk, version=row.version, **columns_of(values))


def take_gone(by: User, row: Row) -> None:
    edit_contact(by=by, contact_id=row.pk, version=row.version, left=True)
