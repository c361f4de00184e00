"""A client's demands beside each manager's strengths and load, and its requests to be replaced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from pult.clients.actions import replacing
from pult.clients.actions.room import whole
from pult.clients.logic.fit import ANSWERS, HIGH, Fit
from pult.clients.models import Demand
from pult.clients.queries.matching import Demands, Matching, Suitor, matching_of
from pult.kernel.errors import NotVisible, PultError
from pult.people.models import Strength
from pult.people.queries import business_day, colleague
from pult.web.fields import Form, day_or_none, id_in, not_offered, one_of

if TYPE_CHECKING:
    from pult.people.models import User

DEMANDS = {
    "risk": pgettext_lazy("demand", "Readiness to risk"),
    "creativity": pgettext_lazy("demand", "Creative work"),
    "strictness": pgettext_lazy("demand", "Strictness about order"),
}
LEVELS = (("", "—"), *Demand.Level.choices)


@dataclass(frozen=True)
class Line:
    """A manager in words: strengths, load, who fits and why."""

    suitor: Suitor
    strengths: tuple[str, ...]
    load: str
    words: str
    tone: str


@dataclass(frozen=True)
class Level:
    """A demand in words and its form; `value` is the level as typed."""

    code: str
    label: str
    said: str
    value: str


@dataclass(frozen=True)
class ManagerPage:
    """`lines` are empty for those who do not hand clients out; `giver` conducts the client."""

    matching: Matching
    levels: tuple[Level, ...]
    options: tuple[tuple[Any, Any], ...]
    lines: tuple[Line, ...]
    receivers: tuple[tuple[str, str], ...]
    giver: int | None
    open_ask: int | None
    today: date
    may_set: bool
    may_decide: bool
    typed: Mapping[str, str]
    problem: PultError | None


def manager_page(
    user: "User",
    client_id: int,
    *,
    typed: Mapping[str, str] | None = None,
    problem: PultError | None = None,
) -> ManagerPage:
    """Raises NotVisible for a client that is not the reader's."""
    decides = not user.roles.isdisjoint(replacing.DECIDERS)
    matching = matching_of(user, client_id, with_managers=decides)
    typed = typed or {}
    open_ones = [one for one in matching.asks if one.state == "open"]
    free = [one for one in matching.suitors if not one.holds]
    return ManagerPage(
        matching=matching,
        levels=_levels(matching.demands, typed),
        options=LEVELS,
        lines=tuple(_line(one, matching.demands) for one in matching.suitors),
        receivers=(("", "—"), *((str(one.load.user_id), _named(one)) for one in free)),
        giver=next((one.load.user_id for one in matching.suitors if one.holds), None),
        open_ask=open_ones[0].id if open_ones else None,
        today=business_day(),
        may_set=not user.roles.isdisjoint(replacing.SETTERS),
        may_decide=decides,
        typed=typed,
        problem=problem,
    )


def _named(one: Suitor) -> str:
    return f"{one.load.name} · {one.missing.words}" if one.missing else one.load.name


def demanded(by: "User", client_id: int, form: Form) -> None:
    levels = {str(level) for level in Demand.Level.values}
    said = {code: one_of(form, code, {"", *levels}) for code in ANSWERS}
    replacing.set_demand(
        by=by,
        client_id=client_id,
        version=id_in(form, "version") or 0,
        note=str(form.get("note", "")),
        risk=_level(said["risk"]),
        creativity=_level(said["creativity"]),
        strictness=_level(said["strictness"]),
    )


def asked(by: "User", client_id: int, form: Form) -> None:
    replacing.ask_replacement(
        by=by,
        client_id=client_id,
        asked_by=str(form.get("asked_by", "")),
        reason=str(form.get("reason", "")),
        proof=str(form.get("proof", "")),
        asked_on=day_or_none(form, "asked_on"),
    )


def answered(by: "User", client_id: int, ask_id: int, form: Form) -> None:
    """NotVisible for a request of another client."""
    if ask_id not in {one.id for one in matching_of(by, client_id).asks}:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    told = {"reason": str(form.get("decision", "")), "told": str(form.get("told", ""))}
    if one_of(form, "answer", ("replace", "keep")) == "keep":
        replacing.keep_manager(by=by, ask_id=ask_id, **told)
        return
    receiver = colleague(str(form.get("receiver", "")))
    if receiver is None:
        raise not_offered("receiver")
    limit_reason = str(form.get("over_limit", ""))
    replacing.replace_manager(
        by=by, ask_id=ask_id, receiver=receiver, limit_reason=limit_reason, **told
    )


def asks_in_words(demands: Demands) -> str:
    """What a client asks for highly: «Creative work, Strictness about order»."""
    high = (code for code in ANSWERS if (demands.levels.get(code) or 0) >= HIGH)
    return ", ".join(str(DEMANDS[code]) for code in high)


def _levels(demands: Demands, typed: Mapping[str, str]) -> tuple[Level, ...]:
    found = []
    for code in ANSWERS:
        level = demands.levels.get(code)
        said = str(Demand.Level(level).label) if level else ""
        value = typed.get(code, "") if code in typed else str(level or "")
        found.append(Level(code, str(DEMANDS[code]), said, value))
    return tuple(found)


def _line(one: Suitor, demands: Demands) -> Line:
    limit = one.load.limit
    told = {"held": whole(one.load.held), "limit": whole(limit or 0)}
    load = (
        _("%(held)s by weight, no limit is set")
        if limit is None
        else _("%(held)s of %(limit)s by weight")
    )
    kinds = tuple(str(Strength.Kind(code).label) for code in one.strengths)
    lacks = bool(one.fit.lacks) or one.is_full
    tone = "soon" if lacks else "ok" if one.fit.answers else "plain"
    return Line(one, kinds, load % told, _why(one.fit, one.is_full, demands), tone)


def _why(fit: Fit, is_full: bool, demands: Demands) -> str:
    """Who fits and why, in words."""
    parts = []
    if fit.answers:
        answers = ", ".join(str(DEMANDS[code]).lower() for code in fit.answers)
        parts.append(_("answers: %(what)s") % {"what": answers})
    if fit.lacks:
        lacks = ", ".join(str(DEMANDS[code]).lower() for code in fit.lacks)
        parts.append(_("nothing noted for: %(what)s") % {"what": lacks})
    if is_full:
        parts.append(_("no room: a reason beyond the limit is needed"))
    if not parts:
        known = any(demands.levels.values())
        parts.append(_("any would do") if known else _("nobody has said what the client asks for"))
    return "; ".join(parts)


def _level(text: str) -> int | None:
    return int(text) if text else None
