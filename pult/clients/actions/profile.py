"""What is known of a client in words, and the days somebody made sure of it."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import client_for, require
from pult.clients.actions.cards import CREATORS, edited
from pult.clients.edits import change, check
from pult.clients.models import Block, Client, Solvency
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, Conflict
from pult.kernel.facts import acting, record
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

JUDGES = ("am", "accountant", "head", "director")


def write_block(*, by: "User", client_id: int, kind: str, version: int, text: str) -> Block:
    """Write one subject of the card anew; whoever writes it makes sure of it too.

    `version` is that of the text the person saw, 0 where there was none. Raises Conflict when
    somebody else was first.
    """
    role = require(by, *CREATORS, act=_("edit clients"))
    client = client_for(by, client_id)
    with acting(client.pk):
        block = _block(client, kind)
        if block is None:
            block = Block(client=client, kind=kind, text=text)
            if version:
                raise Conflict(_("Somebody changed this while you were editing"))
            block.confirmed_on, block.confirmed_by = business_day(), by
            check(block)
            block.save(force_insert=True)
            edited(client, by, role, [kind])
            return block
        if change(block, version, {"text": text}, by):
            edited(client, by, role, [kind])
        _confirm(block, by, role)
    return block


def confirm_block(*, by: "User", client_id: int, kind: str, version: int) -> Block:
    """It is still so: the text stays, its day is today."""
    role = require(by, *CREATORS, act=_("edit clients"))
    client = client_for(by, client_id)
    with acting(client.pk):
        block = _block(client, kind)
        if block is None or not block.text:
            raise BadInput(_("There is nothing to confirm yet"), cure=_("Write it first"))
        change(block, version, {}, by)
        _confirm(block, by, role)
    return block


def judge_solvency(
    *, by: "User", client_id: int, grade: str, figures: str = "", judged_on: date | None = None
) -> Solvency:
    """Judge on a day (today by default) whether a client can pay; older judgements stay."""
    role = require(by, *JUDGES, act=_("judge whether a client can pay"))
    client = client_for(by, client_id)
    judged_on = judged_on or business_day()
    check_day(judged_on, "on")
    if judged_on > business_day():
        raise BadInput(_("A judgement is not made ahead of its day"), field="on")
    with acting(client.pk):
        row = Solvency(client=client, grade=grade, figures=figures, judged_on=judged_on, by=by)
        check(row)
        row.save(force_insert=True)
        record(
            "client.solvency",
            root_id=client.pk,
            refs={"client": client.pk},
            by=by,
            role=role,
            day=judged_on,
        )
    return row


def _block(client: Client, kind: str) -> Block | None:
    if kind not in Block.Kind.values:
        raise BadInput(_("The card has no such part"), field="kind")
    return Block.objects.filter(client=client, kind=kind).first()


def _confirm(block: Block, by: "User", role: str) -> None:
    today = business_day()
    if block.confirmed_on == today and block.confirmed_by_id == by.pk:
        return
    block.confirmed_on, block.confirmed_by = today, by
    block.save(update_fields=["confirmed_on", "confirmed_by"])
    record(
        "client.confirmed",
        root_id=block.client_id,
        refs={"client": block.client_id},
        by=by,
        role=role,
        payload={"fields": [block.kind]},
    )
