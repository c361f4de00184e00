"""Two cards of one client made one: a fact, whose undo is a void.

Facts are never moved: a card that has lines, money or tasks of its own keeps them, and is the one
to keep. What was only a card goes over whole.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from pult.clients.access import client_for, clients_of, require
from pult.clients.actions.status import call_off
from pult.clients.edits import change
from pult.clients.indexing import index_client
from pult.clients.models import Client, Merge
from pult.kernel import clock
from pult.kernel.errors import BadInput, NotVisible, Refusal, Way
from pult.kernel.facts import acting, record, void
from pult.kernel.search import remove_document

if TYPE_CHECKING:
    from pult.people.models import User

MERGERS = ("head", "director")
REASON = "duplicate"
# In this order: what others point to first.
MOVED = ("brand", "site", "legalentity", "contract", "contact", "payeralias", "aim", "block")
MOVED += ("solvency", "plan", "customvalue")
# Table → the column that may point to a twin left behind, and the twin's table.
TURNS = {
    "site": ("brand", "brand"),
    "contact": ("brand", "brand"),
    "contract": ("entity", "legalentity"),
}
TWINS = {"brand": ("name",), "legalentity": ("inn", "kpp")}
# What a card may have and still be only a card: its own tables, people in charge, talks, imports,
# what there is to read about it.
CARD = frozenset(["clients", "comms", "knowledge"])
HEAVY = frozenset(["serviceline", "wallet", "trustedmark", "plannedpause", "openingbalance"])
HEAVY |= {"handover", "firstcall", "outsideaccess"}


def merge_clients(*, by: "User", kept_id: int, gone_id: int) -> Merge:
    """Make the card `gone` a part of `kept`: people, sites, payers, contracts, goals go over.

    Raises Refusal when `gone` has lines, money or tasks of its own: it leads to the merge the other
    way round, or says what to do when both have. What `kept` already has stays
    with the card that is gone, which ends as a duplicate.
    """
    role = require(by, *MERGERS, act=_("merge clients"))
    kept, gone = client_for(by, kept_id), client_for(by, gone_id)
    if kept.pk == gone.pk:
        raise BadInput(_("Choose another card"), field="client")
    with acting(kept.pk, gone.pk):
        kept.refresh_from_db()
        gone.refresh_from_db()
        _check_free(kept, gone)
        _check_light(kept, gone)
        turned = _turn(kept, gone)
        moved = _move(gone.pk, kept.pk, {table: _ids(table, gone.pk) for table in MOVED})
        refs = {"client": kept.pk, "gone": gone.pk}
        was = gone.status
        merge = Merge(kept=kept, gone=gone, moved=moved, turned=turned, was_status=was, by=by)
        merge.at = clock.now()
        merge.fact = record("client.merged", root_id=kept.pk, refs=refs, by=by, role=role)
        call_off(gone, by, _("The card became a part of another"))
        merge.end_fact = _end(gone, by, role)
        merge.save(force_insert=True)
        change(gone, gone.version, {"merged_into": kept, "status": Client.Status.ENDED}, by)
        remove_document("client", gone.pk)
        index_client(kept)
    return merge


def undo_merge(*, by: "User", kept_id: int, merge_id: int) -> None:
    """They were two after all: what came from the other card and is still here goes back."""
    require(by, *MERGERS, act=_("merge clients"))
    rows = Merge.objects.filter(pk=merge_id, kept=kept_id, kept__in=clients_of(by))
    merge = rows.select_related("kept", "gone").first()
    if merge is None:
        raise NotVisible(_("There is no such merge"))
    kept, gone = merge.kept, merge.gone
    with acting(kept.pk, gone.pk):
        merge.refresh_from_db()
        gone.refresh_from_db()
        if merge.undone_at:
            raise Refusal(_("These cards were parted already"))
        _move(kept.pk, gone.pk, merge.moved)
        for table, pk, column, before in merge.turned:
            rows = _table(table).filter(pk=pk, client=gone.pk)
            rows.update(**{f"{column}_id": before})
        for fact in filter(None, (merge.fact, merge.end_fact)):
            void(fact, by=by, reason=_("They were two clients after all"))
        merge.undone_at = clock.now()
        merge.save(update_fields=["undone_at"])
        change(gone, gone.version, {"merged_into": None, "status": merge.was_status}, by)
        index_client(gone)
        index_client(kept)


def _check_free(kept: Client, gone: Client) -> None:
    for client in (kept, gone):
        if client.merged_into_id:
            raise Refusal(
                _("“%(name)s” is merged into another card already") % {"name": client.name},
                cure=_("Open that card"),
            )
    if Merge.objects.filter(kept=gone, undone_at=None).exists():
        raise Refusal(
            _("Another card was merged into “%(name)s”") % {"name": gone.name},
            cure=_("Keep this card, or part those two first"),
        )


def _check_light(kept: Client, gone: Client) -> None:
    """Facts do not move: lines, money and tasks stay with the card they were done for."""
    if not is_heavy(gone):
        return
    if is_heavy(kept):
        raise Refusal(
            _("“%(kept)s” and “%(gone)s” both have work or money of their own: facts do not move")
            % {"kept": kept, "gone": gone},
            cure=_(
                "Go on in one of them, end the other, and name one group of companies in both: "
                "it shows that they are of one owner"
            ),
            subject=gone,
            ways=[
                Way(_("Card of “%(name)s”") % {"name": one}, "client_edit", (one.pk,))
                for one in (kept, gone)
            ],
        )
    query = urlencode({"card": kept.pk, "other": kept.name})
    raise Refusal(
        _("“%(name)s” has work or money of its own: facts do not move") % {"name": gone},
        cure=_("Keep “%(gone)s” and merge “%(kept)s” into it") % {"kept": kept, "gone": gone},
        subject=gone,
        ways=[Way(_("Open “%(name)s”") % {"name": gone}, "client_merge", (gone.pk,), query)],
    )


def is_heavy(client: Client) -> bool:
    """Whether a card has lines, money or tasks of its own."""
    for relation in Client._meta.related_objects:
        model = relation.related_model
        heavy = model._meta.app_label not in CARD or model._meta.model_name in HEAVY
        if heavy and model._default_manager.filter(**{relation.field.name: client.pk}).exists():
            return True
    return False


def _turn(kept: Client, gone: Client) -> list[list[Any]]:
    """Point what is about to move from twins that stay behind to those the kept card has."""
    twins = {table: _twins(table, columns, kept, gone) for table, columns in TWINS.items()}
    turned = []
    for table, (column, target) in TURNS.items():
        for pk, before in _table(table).filter(client=gone.pk).values_list("pk", f"{column}_id"):
            if after := twins[target].get(before):
                _table(table).filter(pk=pk).update(**{f"{column}_id": after})
                turned.append([table, pk, column, before])
    return turned


def _twins(
    table: str, columns: tuple[str, ...], kept: Client, gone: Client
) -> dict[int | None, int]:
    own = {tuple(key): pk for pk, *key in _keys(table, columns, kept) if any(key)}
    return {pk: own[tuple(key)] for pk, *key in _keys(table, columns, gone) if tuple(key) in own}


def _keys(table: str, columns: tuple[str, ...], client: Client) -> list[tuple[Any, ...]]:
    return list(_table(table).filter(client=client.pk).values_list("pk", *columns))


def _move(source: int, target: int, ids: dict[str, list[int]]) -> dict[str, list[int]]:
    """Move rows that are still `source`'s; which did. A row the target has a twin of stays."""
    moved: dict[str, list[int]] = {}
    for table, wanted in ids.items():
        for pk in wanted:
            try:
                with transaction.atomic():
                    rows = _table(table).filter(pk=pk, client=source)
                    if rows.update(client=target):
                        moved.setdefault(table, []).append(pk)
            except IntegrityError:
                continue
    return moved


def _end(gone: Client, by: "User", role: str) -> Any:
    if gone.status == Client.Status.ENDED:
        return None
    return record(
        "client.status",
        root_id=gone.pk,
        refs={"client": gone.pk},
        by=by,
        role=role,
        state=Client.Status.ENDED,
        payload={"reason_code": REASON},
    )


def _ids(table: str, client_id: int) -> list[int]:
    return list(_table(table).filter(client=client_id).order_by("pk").values_list("pk", flat=True))


def _table(name: str) -> models.Manager:
    return apps.get_model("clients", name)._default_manager
