"""The end of a day: what is left is done or carried over with a reason, then the day is signed."""

from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import Refusal
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.kernel.texts import fitting
from pult.kernel.words import text_of
from pult.people.left import Left, left_for, to_carry, to_read
from pult.people.models import CarryOver, DayClose, User
from pult.people.queries import acting_role, business_day
from pult.people.queries.day import day_frame, next_working_day
from pult.regulation.gates import gated, guard

CLOSERS = (Role.AM,)  # М3 is of account managers
ACT = "person.day_close"
CHECK = "13.4"


def close_day(
    *,
    by: User,
    mail_is_clear: bool,
    mail_reason: str = "",
    reasons: Mapping[str, str] | None = None,
    one_reason: str = "",
    plan: str = "",
) -> DayClose:
    """Sign one's own day. `reasons` are by key of what is left (`Left.key`), `one_reason` is for
    whatever has none; signing again the same day replaces the first word.

    Raises Refusal before the hour at which days close, for whoever closes none, and, by the
    clauses that guard it, while what burns (13.5) or what was for today (М3.5) has neither been
    done nor got a reason, mail neither is read nor explained (М3.3), or a comment is unread
    (М3.4).
    """
    role, today = _closer(by), business_day()
    frame = day_frame(by, today)
    opens = frame.opens.astimezone(ZoneInfo(settings.TIME_ZONE))
    if clock.now() < opens:
        raise Refusal(
            _("The day closes from %(time)s on") % {"time": f"{opens:%H:%M}"},
            cure=_("Until then My day shows what is asked"),
            clause=CHECK,
        )
    with gated(), acting(0):
        everything = left_for(by, today, frame.following)
        left = to_carry(everything)
        said = _said(left, reasons or {}, one_reason)
        mail = _mail(mail_is_clear, mail_reason)
        refs = {"person": by.pk}
        told = {"root_id": 0, "refs": refs, "by": by, "role": role}
        record("person.mail", state=str(mail), **told)
        record("person.talk", state="left" if to_read(everything) else "read", **told)
        record("person.rest", state=_settled(said, left, is_today=False), **told)
        record("person.today", state=_settled(said, left, is_today=True), **told)
        guard(ACT, root_id=0, refs=refs, by=by, role=role)
        close = _write(by, today, mail, text_of(mail_reason), said, left, _text(plan, "plan"))
        counts = {"left": len(left), "explained": all(said.values())}
        record("person.day_closed", payload=counts, **told)
    return close


def days_lapse(people: Iterable[User], day: date) -> int:
    """Close a day by itself for whoever has not; nobody is told and nothing goes up. Returns how
    many were closed."""
    lapsed = 0
    for user in people:
        with acting(0):  # somebody may sign while the others are closed
            if DayClose.objects.filter(day=day, user=user).exists():
                continue
            left = to_carry(left_for(user, day, next_working_day(user, day)))
            close = DayClose.objects.create(user=user, day=day, left=len(left))
            _carry(close, left, {})
            record(
                "person.day_lapsed",
                root_id=0,
                refs={"person": user.pk},
                by=None,
                payload={"left": len(left)},
            )
            lapsed += 1
    return lapsed


def _closer(by: User) -> str:
    role = acting_role(by, *CLOSERS)
    if not role:
        raise Refusal(
            _("Days are closed by account managers"), who=str(Role.AM.label), clause=CHECK
        )
    return role


def _said(left: Iterable[Left], reasons: Mapping[str, str], one_reason: str) -> dict[str, str]:
    """What is left → why, empty where nothing was said."""
    common = _text(one_reason, "reason")
    return {one.key: _text(reasons.get(one.key, ""), "reason") or common for one in left}


def _settled(said: Mapping[str, str], left: Iterable[Left], *, is_today: bool) -> str:
    """Whether what is merely due today, or all the rest that burns, is explained."""
    parts = (one for one in left if one.is_today is is_today)
    return "settled" if all(said[one.key] for one in parts) else "left"


def _text(words: str, field: str) -> str:
    return text_of(fitting(words, field)).strip()


def _mail(is_clear: bool, reason: str) -> DayClose.Mail:
    if is_clear:
        return DayClose.Mail.CLEAR
    return DayClose.Mail.EXPLAINED if _text(reason, "mail_reason") else DayClose.Mail.LEFT


def _write(
    by: User,
    day: date,
    mail: DayClose.Mail,
    mail_reason: str,
    said: Mapping[str, str],
    left: list[Left],
    plan: str,
) -> DayClose:
    values = {
        "signed_at": clock.now(),
        "mail": mail,
        "mail_reason": "" if mail == DayClose.Mail.CLEAR else mail_reason.strip(),
        "left": len(left),
        "plan": plan,
    }
    close, is_new = DayClose.objects.update_or_create(user=by, day=day, defaults=values)
    if not is_new:
        close.carried.all().delete()
    _carry(close, left, said)
    return close


def _carry(close: DayClose, left: Iterable[Left], said: Mapping[str, str]) -> None:
    CarryOver.objects.bulk_create(
        CarryOver(
            close=close,
            source=one.source,
            item_id=one.id,
            title=f"{one.client}: {one.title}"[:300] if one.client else one.title[:300],
            reason=said.get(one.key, ""),
        )
        for one in left
    )
