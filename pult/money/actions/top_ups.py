"""Top-ups of ad accounts, and the word that a client's money waits for one (П.1)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from pult.clients.access import line_for, require
from pult.clients.models import ServiceLine
from pult.kernel import clock
from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.facts import Draft, acting, encode, insert_encoded, record, record_draft, void
from pult.kernel.models import Fact
from pult.kernel.texts import LONGEST_LINE, fitting
from pult.kernel.words import line_of
from pult.money.actions.top_up_checks import (
    check_account,
    check_day,
    check_sum,
    check_sums,
)
from pult.money.booking import known_at
from pult.money.logic.top_ups import at_agency, moved, waiting
from pult.money.models import MoneyWait, TopUp
from pult.money.queries.funds import Paid, line_money, paid_days, with_wallets
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

TOPPERS = (
    "am",
    "executor",
    "production_head",
    "production_director",
    "accountant",
    "head",
    "director",
)
CORRECTORS = frozenset({"accountant", "head", "director"})
MISTAKE = "logged by mistake"
AT_ONCE = 30
CHUNK = 200
WAITS, MOVED, GONE = MoneyWait.State.WAITS, MoneyWait.State.MOVED, MoneyWait.State.GONE


def top_up(*, by: "User", line_id: int, amount: int, on: date, reason: str = "") -> TopUp:
    """Ad money was moved to the ad account on a day: `amount` in kopecks net of VAT.

    See `top_up_account` for what is refused.
    """
    (row,) = top_up_account(by=by, sums={line_id: amount}, on=on, reason=reason)
    return row


def top_up_account(
    *, by: "User", sums: Mapping[int, int], on: date, reason: str = ""
) -> list[TopUp]:
    """One payment to one ad account, `sums` (line → kopecks net of VAT) of the lines that share it:
    one platform and one `wallet`, or none said of any.

    More than the client's money at the agency needs a `reason`; a sum far above it is refused, and
    so are a day still ahead or more than `DAYS_BACK` days ago, a line that is on no platform and
    lines of two accounts (BadInput).
    """
    role = require(by, *TOPPERS, act=_("log top-ups"))
    lines = [line_for(by, line_id) for line_id in sums]
    check_account(lines)
    check_sums(sums)
    check_day(on)
    reason = fitting(line_of(reason), "reason", LONGEST_LINE)
    with acting(lines[0].client_id):
        money, rows = line_money(with_wallets(list(sums))), []
        for line in lines:
            amount = sums[line.pk]
            check_sum(line, amount, at_agency(money).get(line.pk, 0), on, reason)
            rows.append(_log(line, amount, on, reason, by, role))
            money = moved(money, line.pk, amount)
        tell_waiting(list(sums), because=MOVED, at=_moment(on))
    return rows


def _log(line: ServiceLine, amount: int, on: date, reason: str, by: "User", role: str) -> TopUp:
    row = TopUp.objects.create(
        line=line, on=on, amount=amount, made_by=by, made_at=clock.now(), reason=reason
    )
    record(
        "line.topped_up",
        root_id=line.client_id,
        refs={"client": line.client_id, "line": line.pk},
        by=by,
        role=role,
        at=_moment(on),
        day=on,
        value=amount,
        external_id=_name(row.pk),
    )
    return row


def void_top_ups(*, by: "User", top_up_ids: Collection[int]) -> None:
    """Take back the top-ups of one payment together, or none of them: those of one client, of one
    day and by one person. Raises NotVisible for any others."""
    rows = TopUp.objects.filter(pk__in=top_up_ids)
    payments = set(rows.values_list("line__client", "on", "made_by"))
    if len(payments) != 1:
        raise NotVisible(_("There is no such top-up"))
    ((client_id, _on, _made_by),) = payments
    with acting(client_id):
        for top_up_id in sorted(top_up_ids):
            void_top_up(by=by, top_up_id=top_up_id)


def void_top_up(*, by: "User", top_up_id: int) -> None:
    """Take back a top-up logged by mistake: its row and its fact stay, marked. Twice is once.

    Whoever logged it may the same day; after that an accountant does.
    """
    require(by, *TOPPERS, act=_("log top-ups"))
    row = TopUp.objects.select_related("line").filter(pk=top_up_id).first()
    if row is None:
        raise NotVisible(_("There is no such top-up"))
    line = line_for(by, row.line_id)
    if not may_void(by, row):
        raise Refusal(
            _("A top-up is taken back by whoever logged it, on the same day"),
            cure=_("Ask an accountant to take it back"),
            clause="П.1",
        )
    with acting(line.client_id):
        if not TopUp.objects.filter(pk=row.pk, voided_at=None).update(voided_at=clock.now()):
            return
        for fact in Fact.objects.filter(source="pult", external_id=_name(row.pk)):
            void(fact, by=by, reason=MISTAKE)
        _wait_again(row, line, by)


def may_void(by: "User", row: TopUp) -> bool:
    """Whether this person may take a top-up back now."""
    if by.roles & CORRECTORS:
        return True
    made_on = business_day(row.made_at) if row.made_at else row.on
    return row.made_by_id == by.pk and made_on == business_day()


def tell_waiting(
    line_ids: Collection[int] | None = None, *, because: str = GONE, at: datetime | None = None
) -> int:
    """Record where a client's ad money began to wait for a top-up or waits no more; returns how
    many lines changed.

    `because` says how it ceased to wait: it was moved, or is gone (spent, given back, settled
    elsewhere). None looks at every line.
    """
    lines = _lines(line_ids)
    changed = list(lines)
    if len(lines) > AT_ONCE:
        changed = [row.line_id for row in _news(lines, because, at)[0]]
    count = 0
    for start in range(0, len(changed), CHUNK):
        some = changed[start : start + CHUNK]
        # Somebody may have moved the money since the look: what is told is worked out again.
        with acting(*sorted({lines[pk] for pk in some})):
            rows, drafts = _news(_lines(some), because, at)
            _tell(drafts)
            _keep(rows)
        count += len(rows)
    return count


def _news(
    lines: dict[int, int], because: str, at: datetime | None
) -> tuple[list[MoneyWait], list[Draft]]:
    """The waits that differ from what was told of these lines, and the facts that say so."""
    if not lines:
        return [], []
    paid = paid_days(list(lines))
    money = line_money(list(lines), paid=paid)
    known = MoneyWait.objects.in_bulk(list(lines) if len(lines) <= CHUNK else None)
    rows, drafts = [], []
    for pk, kopecks in waiting(money).items():
        old = known.get(pk)
        waited = old is not None and old.state == WAITS
        if (old.amount if old else 0) == kopecks and waited == bool(kopecks):
            continue
        row = old or MoneyWait(line_id=pk, state=GONE)
        if waited != bool(kopecks):
            row.state = WAITS if kopecks else because
            moment = _since(paid, pk, kopecks) if kopecks else (at or clock.now())
            row.told_at = max(moment, row.told_at) if row.told_at else moment
            drafts.append(_draft(row, lines[pk]))
        row.amount = kopecks
        rows.append(row)
    return rows, drafts


def _lines(line_ids: Collection[int] | None) -> dict[int, int]:
    """Line → its client, of those whose ad money goes through the agency."""
    rows = ServiceLine.objects.filter(
        money_flow=ServiceLine.MoneyFlow.AGENCY, client__staged=False
    ).exclude(status=ServiceLine.Status.ENDED)
    if line_ids is not None:
        rows = rows.filter(pk__in=with_wallets(line_ids))
    return dict(rows.values_list("pk", "client"))


def _tell(drafts: list[Draft]) -> None:
    """Few at once, so that the ledger follows; many in bulk, which the worker judges."""
    if len(drafts) > AT_ONCE:
        insert_encoded(encode(drafts))
        return
    for draft in drafts:
        record_draft(draft)


def _keep(rows: list[MoneyWait]) -> None:
    MoneyWait.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["line"],
        update_fields=["amount", "state", "told_at"],
    )


def _draft(row: MoneyWait, client_id: int) -> Draft:
    return Draft(
        kind="line.money_waits",
        root_id=client_id,
        refs={"client": client_id, "line": row.line_id},
        state=row.state,
        at=row.told_at,
        source="money",
    )


def _since(paid: Paid, line_id: int, left: int) -> datetime:
    """When the agency knew of the oldest payment that has not been moved yet."""
    came = [(day, net) for day, net in sorted(paid[line_id]) if net > 0]
    while len(came) > 1 and left > came[-1][1]:
        left -= came.pop()[1]
    return known_at(came[-1][0], clock.now())


def _wait_again(row: TopUp, line: ServiceLine, by: "User") -> None:
    """The money this top-up moved waits again, as of its own day: the row it closed opens."""
    known = MoneyWait.objects.filter(pk=line.pk, state=MOVED).first()
    if known:
        told = Fact.objects.filter(
            root_id=line.client_id,
            kind="line.money_waits",
            state=MOVED,
            valid_at=known.told_at,
            refs__line=line.pk,
            voided_by=None,
        )
        for fact in told:
            void(fact, by=by, reason=MISTAKE)
        MoneyWait.objects.filter(pk=line.pk).update(state=WAITS)
    tell_waiting([line.pk])


def _moment(on: date) -> datetime:
    """Now for today; the noon of another day."""
    if on == business_day():
        return clock.now()
    return datetime.combine(on, time(12), ZoneInfo(settings.TIME_ZONE))


def _name(top_up_id: int) -> str:
    return f"top-up:{top_up_id}"
