"""Former systems: connected, told whom their people and statuses are here, cut over, let go."""

from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.edits import change, check
from pult.integrations.calling.hosts import checked_base
from pult.integrations.migration.connectors import SYSTEMS
from pult.integrations.migration.models import (
    Batch,
    CutOver,
    Item,
    Source,
    TheirPerson,
    TheirStatus,
)
from pult.integrations.migration.pace import LEAST, MOST
from pult.integrations.sealed import seal, unseal
from pult.kernel import clock
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.words import line_of
from pult.people.models import Team, User
from pult.people.queries import business_day, works_here

if TYPE_CHECKING:
    from collections.abc import Mapping

KEEPERS = ("head", "director")


def add_source(
    *,
    by: User,
    system: str,
    name: str,
    go_live: date,
    address: str = "",
    secrets: "Mapping[str, str] | None" = None,
    zone: str = settings.TIME_ZONE,
    minutes: int | None = None,
) -> Source:
    """Name a former system. Without `secrets` it is never called: only its files are brought."""
    role = require(by, *KEEPERS, act=_("connect another system"))
    if system not in SYSTEMS:
        raise BadInput(_("Pult does not read this system"), field="system")
    source = Source(
        system=system,
        name=line_of(name),
        address=checked_base(address) if address.strip() else "",
        secret=_sealed(system, secrets or {}, {}),
        zone=_zone(zone),
        minutes=_minutes(minutes),
        go_live=_day(go_live),
        by=by,
        created_at=clock.now(),
    )
    if source.secret and not source.address:
        raise BadInput(_("Write the address of the account"), field="host")
    check(source)
    with acting(0):
        source.save(force_insert=True)
        _tell(source, by, role, ["system", "address", *(["key"] if source.secret else [])])
    return source


def edit_source(
    *,
    by: User,
    source_id: int,
    version: int,
    secrets: "Mapping[str, str] | None" = None,
    **given: Any,
) -> Source:
    """Change name, address, zone, go_live or minutes; parts of the key that are given replace the
    old ones. A new address asks for the key anew: no key goes to a host it was not made for."""
    role = require(by, *KEEPERS, act=_("connect another system"))
    source = source_of(source_id)
    changes: dict[str, Any] = {"name": line_of(given.get("name", source.name))}
    changes["address"] = checked_base(given["address"]) if given.get("address") else source.address
    changes["zone"] = _zone(given.get("zone") or source.zone)
    changes["go_live"] = _day(given.get("go_live") or source.go_live)
    changes["minutes"] = _minutes(given.get("minutes", source.minutes))
    moved = changes["address"] != source.address
    typed = {name: value for name, value in (secrets or {}).items() if value.strip()}
    if moved and source.secret and not typed:
        raise BadInput(_("Enter the key once more for the new address"), field="host")
    if typed and not changes["address"]:
        raise BadInput(_("Write the address of the account"), field="host")
    if typed:
        changes["secret"] = _sealed(source.system, typed, {} if moved else unseal(source.secret))
    with acting(0):
        fields = change(source, version, changes, by)
        if fields:
            _tell(source, by, role, ["key" if name == "secret" else name for name in fields])
    return source


def _is_unseen(source: Source) -> bool:
    """Whether a dry run newer than whatever was brought in still holds something."""
    batches = Batch.objects.filter(source=source)
    done = batches.filter(status=Batch.Status.DONE).order_by("-pk").first()
    dry = batches.filter(status=Batch.Status.READY, is_sync=False, pk__gt=done.pk if done else 0)
    return dry.exists() and source.items.filter(state=Item.State.WAITING).exists()


def forget_key(*, by: User, source_id: int) -> Source:
    """Let the key go: nothing is called or followed any more; what was brought stays."""
    role = require(by, *KEEPERS, act=_("connect another system"))
    source = source_of(source_id)
    with acting(0):
        if change(source, source.version, {"secret": "", "is_followed": False}, by):
            _tell(source, by, role, ["key"])
    return source


def follow(*, by: User, source_id: int, on: bool) -> Source:
    """Read changes every so many minutes, or stop; in the name of whoever switched it on."""
    role = require(by, *KEEPERS, act=_("follow another system"))
    source = source_of(source_id)
    if on and not source.secret:
        raise Refusal(_("Without a key nothing is read"), cure=_("Enter the key first"))
    if on and _is_unseen(source):
        raise Refusal(
            _("What was read waits to be looked at: followed, it would come in unseen"),
            cure=_("Look at the newest import and bring it in first"),
        )
    with acting(0):
        if change(source, source.version, {"is_followed": on, "by": by, "trouble": ""}, by):
            _tell(source, by, role, ["is_followed"])
    return source


def map_person(*, by: User, person_id: int, user_id: int | None) -> TheirPerson:
    """Say who one of their people is here, or (None) that it is nobody; remembered."""
    role = require(by, *KEEPERS, act=_("say who somebody is here"))
    row = TheirPerson.objects.select_related("source").filter(pk=person_id).first()
    if row is None:
        raise NotVisible(_("There is no such person"))
    user = User.objects.filter(pk=user_id).first() if user_id else None
    if user_id and (user is None or not works_here(user)):
        raise BadInput(_("Choose a colleague"), field="user")
    with acting(0):
        if (row.user_id, row.is_decided) != (user_id, True):
            row.user, row.is_decided = user, True
            row.save(update_fields=["user", "is_decided"])
            _mapped(row.source, by, role, what="person", user=user_id or 0)
    return row


def map_status(*, by: User, status_id: int, ours: str) -> TheirStatus:
    """Say what a client of one of their statuses is here; remembered."""
    role = require(by, *KEEPERS, act=_("say what a status means here"))
    row = TheirStatus.objects.select_related("source").filter(pk=status_id).first()
    if row is None:
        raise NotVisible(_("There is no such status"))
    if ours not in TheirStatus.Ours.values:
        raise BadInput(_("Choose one that is offered"), field="status")
    with acting(0):
        if (row.ours, row.is_decided) != (ours, True):
            row.ours, row.is_decided = ours, True
            row.save(update_fields=["ours", "is_decided"])
            _mapped(row.source, by, role, what="status", ours=ours)
    return row


def cut_over(*, by: User, source_id: int, team_id: int, day: date) -> CutOver:
    """From `day` on the team's clients live in Pult alone: theirs is only told as different."""
    role = require(by, *KEEPERS, act=_("cut a team over"))
    source = source_of(source_id)
    team = Team.objects.filter(pk=team_id, is_closed=False).first()
    if team is None:
        raise BadInput(_("Choose a team"), field="team")
    if day < business_day():
        raise BadInput(_("The day is over already"), field="day", cure=_("Choose today or later"))
    check_day(day, "day")
    with acting(0):
        CutOver.objects.filter(source=source, team=team, cancelled_at=None).update(
            cancelled_at=clock.now()
        )
        row = CutOver.objects.create(source=source, team=team, day=day, by=by, at=clock.now())
        refs = {"source": source.pk, "team": team.pk}
        record(
            "migration.cut_over",
            root_id=0,
            refs=refs,
            by=by,
            role=role,
            key=str(team.pk),
            day=day,
        )
    return row


def source_of(source_id: int) -> Source:
    found = Source.objects.select_related("by").filter(pk=source_id).first()
    if found is None:
        raise NotVisible(_("There is no such system"))
    return found


def _sealed(system: str, typed: "Mapping[str, str]", known: dict[str, str]) -> str:
    parts = {part.name: part.label for part in SYSTEMS[system].parts}
    given = {name: value.strip() for name, value in typed.items() if value.strip()}
    merged = {name: value for name, value in {**known, **given}.items() if name in parts}
    if not merged:
        return ""
    way = _way(system, given, merged)
    for name in way:
        if name not in merged:
            raise BadInput(_("Fill in: %(label)s") % {"label": parts[name]}, field="key")
    others = {name for other in SYSTEMS[system].ways if other != way for name in other}
    return seal({name: value for name, value in merged.items() if name not in others})


def _way(system: str, given: dict[str, str], merged: dict[str, str]) -> tuple[str, ...]:
    """Which of the system's kinds of key this is: the one that was typed, else the fullest."""
    ways = SYSTEMS[system].ways
    return max(ways, key=lambda way: (len(given.keys() & set(way)), len(merged.keys() & set(way))))


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadInput(_("There is no such time zone"), field="zone") from None
    return name


def _minutes(minutes: int | None) -> int | None:
    if minutes is not None and not LEAST <= minutes <= MOST:
        raise BadInput(
            _("Choose a number between %(least)d and %(most)d") % {"least": LEAST, "most": MOST},
            field="minutes",
        )
    return minutes


def _day(day: date) -> date:
    check_day(day, "go_live")
    return day


def _tell(source: Source, by: User, role: str, fields: list[str]) -> None:
    refs, payload = {"source": source.pk}, {"fields": fields}
    record("migration.source", root_id=0, refs=refs, by=by, role=role, payload=payload)


def _mapped(source: Source, by: User, role: str, **payload: Any) -> None:
    refs = {"source": source.pk}
    record("migration.mapped", root_id=0, refs=refs, by=by, role=role, payload=payload)
