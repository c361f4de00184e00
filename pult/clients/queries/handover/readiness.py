"""What of a handover is there and what is lacking, read off its rows and Pult's own invoices."""

from collections.abc import Sequence

from pult.clients.logic.handovers import STUDIED, WRITTEN, Readiness, readiness
from pult.clients.models import BankAccount, Contact, Handover
from pult.clients.providers import Bill, bills_of, covered


def readiness_of(row: Handover) -> Readiness:
    """The parts of a handover from sales. Six queries."""
    asked, came = covered(row.client_id)
    brief = {name: bool(getattr(row, name)) for name in WRITTEN}
    people = Contact.objects.filter(client=row.client_id, left=False)
    papers = row.papers.filter(removed_at=None)
    accounts = BankAccount.objects.filter(entity__client=row.client_id).exclude(entity__inn="")
    return readiness(
        brief={**brief, "contacts": people.exists()},
        papers={*papers.values_list("kind", flat=True), *papers_of(bills_of(row.client_id))},
        paid=bool(row.part_at) or 0 < asked <= came,
        requisites=accounts.exists(),
    )


def papers_of(bills: Sequence[Bill]) -> frozenset[str]:
    """The kinds of papers that Pult itself keeps: an invoice it has issued is one."""
    return frozenset({"invoice"} if any(one.number for one in bills) else ())


def contacts_lacking(client_id: int) -> list[tuple[str, tuple[str, ...]]]:
    """(person, what is missing) of everybody on the client's side (2.15); a client without people
    lacks all of them."""
    found = persons_lacking(client_id)
    if found:
        return [(person.name, fields) for person, fields in found if fields]
    return [("", ("name", "email", "phone", "birthday", "position"))]


def persons_lacking(client_id: int) -> list[tuple[Contact, tuple[str, ...]]]:
    """Everybody on the client's side with what is missing of them."""
    people = Contact.objects.filter(client=client_id, left=False).order_by("id")
    found = []
    for one in people:
        there = {
            "name": one.name,
            "email": one.email,
            "phone": one.phone,
            "birthday": one.birthday_day,
            "position": one.position,
        }
        found.append((one, tuple(field for field, value in there.items() if not value)))
    return found


def to_study(row: Handover) -> dict[str, tuple[int, ...]]:
    """What 2.11 names → papers not studied yet (0 stands for the brief). Two queries.

    The plan of a handover is its media plan; a brief changed since asks again.
    """
    files = row.papers.filter(removed_at=None, file__isnull=False, kind__in=STUDIED)
    papers = list(files.values_list("kind", "pk"))
    done = list(row.studies.values_list("paper", "brief_version"))
    read = {paper for paper, _version in done}
    changed = row.changes.order_by("-version").values_list("version", flat=True).first() or 0
    waiting: dict[str, list[int]] = {about: [] for about in STUDIED}
    for kind, pk in papers:
        if pk not in read:
            waiting[kind].append(pk)
    if not any(paper is None and version >= changed for paper, version in done):
        waiting["brief"].append(0)
    return {about: tuple(papers) for about, papers in waiting.items()}
