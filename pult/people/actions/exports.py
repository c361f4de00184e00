"""What a person carried out of Pult as a file is remembered: who, when, what, how many rows."""

from pult.kernel.facts import Draft, on_behalf, record_aside
from pult.people.models import User


def note_export(*, by: User, what: str, rows: int) -> None:
    """`what` is the code of a list: clients, tasks …"""
    role = min(by.roles, default="")
    record_aside(
        Draft(
            kind="export_made",
            root_id=0,
            refs=on_behalf({"person": by.pk}, by, role),
            by_id=by.pk,
            role=role,
            key=what,
            value=rows,
        )
    )
