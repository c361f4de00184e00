"""What is done to a handover from its page: an act's code, what it reads of the form, its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.clients.actions import handover as acts
from pult.clients.logic.handovers import PAPERS, WRITTEN
from pult.clients.queries.handover import handover_kind
from pult.integrations.intake import clean_name
from pult.kernel.errors import BadInput, NotVisible
from pult.kernel.files import LARGEST
from pult.kernel.words import id_of
from pult.people.queries import colleague
from pult.web.fields import day_of, id_in, not_offered
from pult.web.pages.handover.items import SEEN, told_in

REMARK = "remark-"
PAPER = "file-"


@dataclass(frozen=True)
class Act:
    """`do(request, handover_id)` writes; `words` tell that it is written."""

    do: Callable[[HttpRequest, int], Any]
    words: Any


def act_of(code: str) -> Act:
    """The act of an address; NotVisible for one there is not."""
    if code not in ACTS:
        raise NotVisible(_("There is no such act"))
    return ACTS[code]


def _brief(request: HttpRequest, handover_id: int) -> None:
    given = request.POST
    changes = {name: given.get(name, "") for name in WRITTEN if name in given}
    version = id_in(given, "version") or 0
    acts.edit_brief(by=request.user, handover_id=handover_id, version=version, **changes)


def _paper(request: HttpRequest, handover_id: int) -> None:
    """Files of every kind at once: `file-contract`, `file-plan`; those of `file` are of `kind`."""
    named = [(kind, one) for kind in PAPERS for one in request.FILES.getlist(f"{PAPER}{kind}")]
    kind = request.POST.get("kind", "")
    sent = [*named, *((kind, one) for one in request.FILES.getlist("file"))]
    if not sent:
        raise BadInput(_("Choose a file"), field="file")
    if any(one.size > LARGEST for _kind, one in sent):
        raise BadInput(_("The file is too large"), field="file")
    for kind, one in sent:
        name, content = clean_name(one.name or ""), one.read()
        acts.add_paper(
            by=request.user, handover_id=handover_id, kind=kind, name=name, content=content
        )


def _no_paper(request: HttpRequest, handover_id: int) -> None:
    kind = request.POST.get("kind", "")
    acts.add_paper(by=request.user, handover_id=handover_id, kind=kind)


def _remove_paper(request: HttpRequest, handover_id: int) -> None:
    acts.remove_paper(by=request.user, paper_id=_id(request, "paper"))


def _part(request: HttpRequest, handover_id: int) -> None:
    reason = request.POST.get("reason", "")
    acts.allow_part(by=request.user, handover_id=handover_id, reason=reason)


def _lift(request: HttpRequest, handover_id: int) -> None:
    given = request.POST
    acts.lift_gates(
        by=request.user,
        handover_id=handover_id,
        parts=given.getlist("part"),
        reason=given.get("reason", ""),
        until=day_of(given, "until"),
    )


def _offer(request: HttpRequest, handover_id: int) -> None:
    reason = request.POST.get("reason", "")
    acts.offer_handover(by=request.user, handover_id=handover_id, reason=reason)


def _send_back(request: HttpRequest, handover_id: int) -> None:
    given = request.POST
    remarks = [
        (name.removeprefix(REMARK), text)
        for name, text in given.items()
        if name.startswith(REMARK) and text.strip()
    ]
    acts.send_back(by=request.user, handover_id=handover_id, remarks=remarks)


def _accept(request: HttpRequest, handover_id: int) -> None:
    given = request.POST
    acts.accept_handover(
        by=request.user,
        handover_id=handover_id,
        version=id_in(given, "version") or 0,
        checked_papers="papers" in given,
        checked_tools="tools" in given,
    )


def _cancel(request: HttpRequest, handover_id: int) -> None:
    is_sale = handover_kind(request.user, handover_id) == "sales"
    cancel = acts.cancel_handover if is_sale else acts.cancel_between
    cancel(by=request.user, handover_id=handover_id)


def _readdress(request: HttpRequest, handover_id: int) -> None:
    receiver = colleague(request.POST.get("receiver", ""))
    if receiver is None:
        raise not_offered("receiver")
    reason = request.POST.get("reason", "")
    acts.give_to_another(by=request.user, handover_id=handover_id, receiver=receiver, reason=reason)


def _point(request: HttpRequest, handover_id: int) -> None:
    given = request.POST
    acts.raise_point(
        by=request.user,
        handover_id=handover_id,
        kind=given.get("kind", ""),
        text=given.get("text", ""),
        about=given.get("about", "")[:16],
    )


def _answer(request: HttpRequest, handover_id: int) -> None:
    answer = request.POST.get("answer", "")
    acts.answer_point(by=request.user, point_id=_id(request, "point"), answer=answer)


def _resolve(request: HttpRequest, handover_id: int) -> None:
    is_resolved = request.POST.get("resolved", "yes") == "yes"
    acts.resolve_point(by=request.user, point_id=_id(request, "point"), is_resolved=is_resolved)


def _study(request: HttpRequest, handover_id: int) -> None:
    acts.study(by=request.user, handover_id=handover_id, about=request.POST.get("about", ""))


def _understand(request: HttpRequest, handover_id: int) -> None:
    given = request.POST
    acts.check_understanding(
        by=request.user,
        handover_id=handover_id,
        understood=given.get("understood") == "yes",
        note=given.get("note", ""),
    )


def _fill(request: HttpRequest, handover_id: int) -> None:
    told = told_in(request.POST)
    acts.fill_items(by=request.user, handover_id=handover_id, told=told)


def _take_items(request: HttpRequest, handover_id: int) -> None:
    """Items that were ticked or shown, each with the version that was read."""
    codes = tuple(request.POST.getlist("code"))
    if not codes:
        raise BadInput(_("Choose one of what is offered"), field="code")
    seen = {code: id_of(request.POST.get(f"{SEEN}{code}", "0")) or 0 for code in codes}
    acts.accept_items(by=request.user, handover_id=handover_id, codes=codes, seen=seen)


def _sign(request: HttpRequest, handover_id: int) -> None:
    acts.sign_giving(by=request.user, handover_id=handover_id)


def _take(request: HttpRequest, handover_id: int) -> None:
    acts.take_over(by=request.user, handover_id=handover_id)


def _told(request: HttpRequest, handover_id: int) -> None:
    acts.note_told(by=request.user, handover_id=handover_id)


def _id(request: HttpRequest, field: str) -> int:
    found = id_in(request.POST, field)
    if found is None:
        raise not_offered(field)
    return found


ACTS = {
    "brief": Act(_brief, gettext_lazy("The brief is saved")),
    "paper": Act(_paper, gettext_lazy("The papers are here")),
    "no_paper": Act(_no_paper, gettext_lazy("Noted")),
    "remove_paper": Act(_remove_paper, gettext_lazy("The paper is taken off")),
    "part": Act(_part, gettext_lazy("A part of the payment is enough")),
    "lift": Act(_lift, gettext_lazy("The exception is made")),
    "offer": Act(_offer, gettext_lazy("The project is offered")),
    "send_back": Act(_send_back, gettext_lazy("The project is sent back")),
    "accept": Act(_accept, gettext_lazy("The project is yours")),
    "cancel": Act(_cancel, gettext_lazy("The handover is cancelled")),
    "readdress": Act(_readdress, gettext_lazy("Another manager is to take the client")),
    "point": Act(_point, gettext_lazy("The point is written down")),
    "answer": Act(_answer, gettext_lazy("The answer is written down")),
    "resolve": Act(_resolve, gettext_lazy("Noted")),
    "study": Act(_study, gettext_lazy("Studied")),
    "understand": Act(_understand, gettext_lazy("Noted")),
    "fill": Act(_fill, gettext_lazy("What was told is saved")),
    "take_items": Act(_take_items, gettext_lazy("Taken")),
    "sign": Act(_sign, gettext_lazy("Signed")),
    "take": Act(_take, gettext_lazy("Signed: the work is taken over")),
    "told": Act(_told, gettext_lazy("The client knows")),
}
