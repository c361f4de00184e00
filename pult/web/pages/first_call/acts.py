"""What is done from the form of the first call."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.clients.actions import first_call as acts
from pult.clients.logic.handovers import AIMS
from pult.kernel.amounts import read_amount
from pult.kernel.errors import NotVisible
from pult.web.fields import day_or_none, id_in, whole_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from pult.people.models import User

TEXTS = ("about_client", "about_product", "goal", "look")


@dataclass(frozen=True)
class Act:
    """`do(user, client_id, form)` writes; `words` tell that it is written."""

    do: Callable[["User", int, "QueryDict"], Any]
    words: Any


def act_of(code: str) -> Act:
    """The act of an address; NotVisible for one there is not."""
    if code not in ACTS:
        raise NotVisible(_("There is no such act"))
    return ACTS[code]


def _save(user: "User", client_id: int, given: "QueryDict") -> Any:
    """What was typed; the call is opened by the first word."""
    changes = changes_in(given)
    version = id_in(given, "version")
    if version is None:
        version = acts.open_call(by=user, client_id=client_id).version
    return acts.edit_call(by=user, client_id=client_id, version=version, **changes)


def _hold(user: "User", client_id: int, given: "QueryDict") -> None:
    call = _save(user, client_id, given)
    acts.hold_call(by=user, client_id=client_id, version=call.version)


def changes_in(given: "QueryDict") -> dict[str, Any]:
    """The fields of the form as types; BadInput names the field."""
    return {
        **{name: given.get(name, "") for name in TEXTS},
        "channel": given.get("channel", "call"),
        "aims": [code for code in AIMS if code in given.getlist("aim")],
        "days": whole_of(given, "days") if given.get("days", "").strip() else None,
        "cost": _cost(given.get("cost", "")),
    }


def _cost(text: str) -> int | None:
    return read_amount(text, field="cost") if text.strip() else None


def _send(user: "User", client_id: int, given: "QueryDict") -> None:
    text, version = given.get("summary", ""), id_in(given, "version") or 0
    acts.send_summary(by=user, client_id=client_id, version=version, text=text)


def _answer(user: "User", client_id: int, given: "QueryDict") -> None:
    acts.note_answer(
        by=user,
        client_id=client_id,
        version=id_in(given, "version") or 0,
        confirmed=given.get("confirmed") == "yes",
        proof=given.get("proof", ""),
        on=day_or_none(given, "day"),
    )


def _gaps(user: "User", client_id: int, given: "QueryDict") -> None:
    note, version = given.get("note", ""), id_in(given, "version") or 0
    acts.settle_gaps(by=user, client_id=client_id, version=version, note=note)


ACTS = {
    "save": Act(_save, gettext_lazy("Saved")),
    "hold": Act(_hold, gettext_lazy("The first call is held")),
    "send": Act(_send, gettext_lazy("The summary is sent: the client is to confirm it")),
    "answer": Act(_answer, gettext_lazy("The client's answer is noted")),
    "gaps": Act(_gaps, gettext_lazy("Noted")),
}
