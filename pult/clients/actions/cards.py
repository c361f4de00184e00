"""A client's card: entering it, editing it, its status, brands and sites."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import client_for, require, roles_of
from pult.clients.actions.room import check_room
from pult.clients.actions.sold import refuse_unsold
from pult.clients.edits import change, check, only
from pult.clients.indexing import index_client
from pult.clients.merged import living
from pult.clients.models import Assignment, Brand, Client, Group, Site
from pult.clients.queries.likeness import look_alikes
from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record
from pult.kernel.words import bare_host, is_host
from pult.regulation import modes

if TYPE_CHECKING:
    from pult.people.models import User

EDITORS = ("am", "head", "director")
CREATORS = ("sales", *EDITORS)
EDITABLE = frozenset(["name", "about", "relationship", "worked_since", "folder"])


def create_client(
    *,
    by: "User",
    name: str,
    status: str = Client.Status.LEAD,
    about: str = "",
    relationship: str = Client.Relationship.CLIENT,
    worked_since: date | None = None,
    am: "User | None" = None,
    over_limit: str = "",
    is_another: bool = True,
) -> Client:
    """Enter a client; `am`, or else an account manager or sales person entering it, holds it.

    Sales enters leads, their managers come by a handover.
    `over_limit` is a head's reason when the manager's limit of clients is full. Whoever has not
    said that it `is_another` is refused while some card looks the same.
    """
    role = require(by, *CREATORS, act=_("enter clients"))
    if roles_of(by).isdisjoint(EDITORS):
        refuse_unsold(status, am)
    if not is_another:
        _refuse_alike(by, name)
    now = clock.now()
    client = Client(
        name=name.strip(),
        status=status,
        about=about,
        relationship=relationship,
        worked_since=worked_since,
        created_at=now,
        changed_at=now,
    )
    check(client)
    with acting():
        client.save(force_insert=True)
        with acting(client.pk):
            refs = {"client": client.pk}
            record("client.created", root_id=client.pk, refs=refs, by=by, role=role)
            record("client.status", root_id=client.pk, refs=refs, by=by, role=role, state=status)
            for user, charge in _first_holders(by, role, am):
                if charge == "am":
                    check_room(user, client_ids=[client.pk], by=by, reason=over_limit)
                Assignment.objects.create(client=client, user=user, role=charge, since=now)
                record(
                    "client.assigned",
                    root_id=client.pk,
                    refs=refs,
                    by=by,
                    role=role,
                    payload={"user": user.pk, "role": charge},
                )
            index_client(client)
    return client


def _refuse_alike(by: "User", name: str) -> None:
    if alike := look_alikes(by, name=name):
        names = ", ".join(one.name for one in alike)
        raise BadInput(
            _("There is a card much like it: %(names)s") % {"names": names},
            field="is_another",
            cure=_("Open that one, or say that this is another client"),
        )


def _first_holders(by: "User", role: str, am: "User | None") -> list[tuple["User", str]]:
    holders = [(am, "am")] if am else []
    if role in ("am", "sales") and not (am and role == "am"):
        holders.append((by, role))
    return holders


def edit_client(*, by: "User", client_id: int, version: int, **changes: Any) -> Client:
    """Change a card's columns (`EDITABLE`); raises Conflict when someone else was first."""
    role = require(by, *EDITORS, act=_("edit clients"))
    client = client_for(by, client_id)
    with acting(client.pk):
        fields = change(client, version, only(changes, EDITABLE), by)
        if fields:
            edited(client, by, role, fields)
    return client


def edited(client: Client, by: "User", role: str, fields: list[str]) -> None:
    """Note in the client's history which columns somebody changed, and find them by new words.

    A card that is a part of another takes no more: Merged.
    """
    living(client)
    Client.objects.filter(pk=client.pk).update(changed_at=clock.now())
    record(
        "client.edited",
        root_id=client.pk,
        refs={"client": client.pk},
        by=by,
        role=role,
        payload={"fields": fields},
    )
    index_client(client)


def set_group(*, by: "User", client_id: int, version: int, group_name: str) -> Client:
    """Put a client into a group of companies (made on first mention), or take it out with ''."""
    role = require(by, *EDITORS, act=_("edit clients"))
    client = client_for(by, client_id)
    with acting(client.pk):
        name = group_name.strip()
        group = Group.objects.get_or_create(name=name)[0] if name else None
        if change(client, version, {"group": group}, by):
            edited(client, by, role, ["group"])
    return client


def add_brand(*, by: "User", client_id: int, name: str) -> Brand:
    """Add a brand; the same name twice is refused."""
    role = require(by, *EDITORS, act=_("edit clients"))
    client = client_for(by, client_id)
    with acting(client.pk):
        brand = Brand(client=client, name=name.strip())
        check(brand)
        brand.save()
        edited(client, by, role, ["brands"])
    return brand


def add_site(*, by: "User", client_id: int, host: str, brand_id: int | None = None) -> Site:
    """Add a site by its address; the scheme and the path are dropped."""
    role = require(by, *EDITORS, act=_("edit clients"))
    client = client_for(by, client_id)
    brand = client.brands.filter(pk=brand_id).first()
    if brand_id and brand is None:
        raise BadInput(_("This brand belongs to another client"), field="brand")
    with acting(client.pk):
        site = Site(client=client, brand=brand, host=bare_host(host))
        if not is_host(site.host):
            raise BadInput(
                _("This is not the address of a site"),
                field="host",
                cure=_("Write it as example.ru"),
            )
        check(site)
        site.save()
        edited(client, by, role, ["sites"])
    return site


def set_go_live(*, by: "User", client_id: int, on: date) -> None:
    """From this day the regulation asks about the client; what was before it asks nothing."""
    role = require(by, "head", "director", act=_("set the first day of the regulation"))
    client = client_for(by, client_id)
    modes.set_go_live(on=on, by=by, role=role, scope=("client", client.pk))
