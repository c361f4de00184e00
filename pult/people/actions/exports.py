"""What a person carried out of Pult as a file is remembered: who, when, what, how many rows."""

from pult.kernel.facts import acting, record
from pult.people.models import User


def note_export(*, by: User, what: str, rows: int) -> None:
    """`what` is the code of a list: clients, tasks …"""
    with acting(0):
        record(
            "export_made",
            root_id=0,
            refs={"person": by.pk},
            by=by,
            role=min(by.roles, default=""),
            key=what,
            value=rows,
        )
