"""A former system made of records, as a connector would read them."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

from pult.clients.actions import edit_client
from pult.clients.models import Client
from pult.integrations.migration.actions import reading, sources
from pult.integrations.migration.actions.bringing import bring
from pult.integrations.migration.actions.reading import new_batch, read_into
from pult.integrations.migration.models import Difference
from pult.integrations.migration.shape import (
    Comment,
    Company,
    Contact,
    Deal,
    File,
    Person,
    Status,
    Task,
)
from pult.kernel import clock

PEOPLE = [
    Person(id="1", name="Анна Берёзова", email="anna@agency.example"),
    Person(id="2", name="Дарья Ершова", email="darya@agency.example"),
    Person(id="9", name="Фёдор Ушедший", email="fedor@agency.example", is_active=False),
]
STATUSES = [
    Status(kind="deal", id="new", name="Первичный контакт", guess="lead"),
    Status(kind="deal", id="142", name="Успешно реализовано", guess="client"),
    Status(kind="deal", id="spam", name="Спам"),
]
ROMASHKA = Company(
    id="10",
    name="Ромашка",
    legal_name="ООО «Ромашка»",
    inn="7700000016",
    site="https://romashka.example/about",
    about="Доставка цветов",
    responsible="1",
)
IRINA = Contact(
    id="20",
    name="Ирина Лес",
    position="директор по маркетингу",
    phone="8 (495) 100-00-00",
    email="Irina@Romashka.example",
    birthday="05.03",
    companies=("10",),
    responsible="1",
)
SALE = Deal(
    id="30",
    title="Контекст на год",
    amount=120_000_00,
    status="142",
    state="won",
    companies=("10",),
    contacts=("20",),
    responsible="1",
    opened_on=date(2026, 1, 12),
    closed_on=date(2026, 2, 1),
)
BANNER = Task(
    id="40",
    title="Баннер к 8 марта",
    text="Сделать баннер\nтри размера",
    due=datetime(2026, 3, 20, 9, 0, tzinfo=UTC),
    author="1",
    doer="2",
    checklist=("240×400", "728×90"),
    about=(("deal", "30"), ("company", "10")),
)
OLD = Task(id="41", title="Сделано давно", about=(("company", "10"),), is_closed=True)
SAID = Comment(
    id="50",
    about=("task", "40"),
    text="Логотип во вложении",
    author="9",
    at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
)
CALL = Comment(
    id="51",
    about=("deal", "30"),
    text="Договорились о сроках",
    author="9",
    at=datetime(2026, 2, 3, 9, 0, tzinfo=UTC),
)
LOGO = File(id="60", about=("task", "40"), name="logo.png", where="logo", author="9")
BRIEF = File(id="61", about=("company", "10"), name="brief.pdf", where="brief", author="1")
RECORDS = [ROMASHKA, IRINA, SALE, BANNER, OLD, SAID, CALL, LOGO, BRIEF]
FILES = {"logo": b"\x89PNG\r\n\x1a\nlogo", "brief": b"%PDF-1.4 brief"}


class Flow:
    def __init__(self, content: bytes) -> None:
        self.content, self.length, self.type = content, len(content), "application/octet-stream"

    def pieces(self):
        yield self.content


class Former:
    """What a connector reads; tests change `records` as people there would.

    As the real ones: asked for everything it gives open tasks alone, asked for changes it gives
    what was put since.
    """

    def __init__(self, records=RECORDS, people=PEOPLE, statuses=STATUSES, files=FILES) -> None:
        self.all = {(one.kind, one.id): one for one in records}
        self.put_at = dict.fromkeys(self.all, clock.now())
        self.staff, self.stages, self.files = list(people), list(statuses), dict(files)
        self.broken: list[str] = []
        self.asked: list[datetime | None] = []

    def put(self, *records) -> None:
        self.all |= {(one.kind, one.id): one for one in records}
        self.put_at |= dict.fromkeys(((one.kind, one.id) for one in records), clock.now())

    def drop(self, record) -> None:
        del self.all[record.kind, record.id]

    def whoami(self) -> str:
        return "romashka"

    def people(self):
        return iter(self.staff)

    def statuses(self):
        return iter(self.stages)

    def records(self, since):
        self.asked.append(since)
        order = ["company", "contact", "deal", "task", "comment", "file"]
        found = [one for key, one in self.all.items() if since is None or self.put_at[key] >= since]
        if since is None:
            found = [one for one in found if not getattr(one, "is_closed", False)]
        return iter(sorted(found, key=lambda one: order.index(one.kind)))

    @contextmanager
    def stream(self, where):
        yield Flow(self.files[where])


def connected(cast, monkeypatch, former=None, **fields):
    """A source whose connector is a `Former`."""
    former = former or Former()
    for module in ("reading", "bringing.run"):
        monkeypatch.setattr(
            f"pult.integrations.migration.actions.{module}.connect", lambda _source: former
        )
    given = {
        "system": "amocrm",
        "name": "Старая CRM",
        "address": "https://romashka.amocrm.example",
        "secrets": {"token": "секрет"},
        "go_live": date(2026, 3, 16),
        **fields,
    }
    return sources.add_source(by=cast.vera, **given), former


def moved(cast, source, former):
    """Everything read and brought in; the batch."""
    batch = new_batch(source, cast.vera)
    read_into(batch, former)
    return bring(by=cast.vera, batch_id=batch.pk)


def sync(source):
    """One turn of the job that follows the source."""
    former = source.former
    source.refresh_from_db()
    source.former = former
    reading.sync(source, former)
    return source


def open_ones():
    """Differences nobody has decided yet."""
    return Difference.objects.filter(state__in=["open", "later"])


def rename(cast, name="Ромашка плюс"):
    """Somebody edits the card here."""
    client = Client.objects.get()
    return edit_client(by=cast.vera, client_id=client.pk, version=client.version, name=name)
