"""The only writes of this domain. Each is one transaction and leaves its facts."""

from pult.clients.actions.agency import (
    add_own_account,
    add_own_entity,
    edit_own_account,
    edit_own_entity,
    set_own_vat,
)
from pult.clients.actions.aims import add_aim, close_aim, edit_aim, reopen_aim
from pult.clients.actions.cards import (
    add_brand,
    add_site,
    create_client,
    edit_client,
    set_go_live,
    set_group,
)
from pult.clients.actions.charge import assign, release
from pult.clients.actions.contracts import add_contract, edit_contract, set_scheme
from pult.clients.actions.custom import add_custom_field, edit_custom_field, set_custom_values
from pult.clients.actions.entities import (
    add_account,
    add_entity,
    add_payer_alias,
    edit_entity,
    end_payer_alias,
)
from pult.clients.actions.erasure import erase_change, erase_contact, export_contact
from pult.clients.actions.feeds import link_feed, unlink_feed
from pult.clients.actions.flights import drop_flight
from pult.clients.actions.lines import (
    add_flight,
    add_line,
    edit_line,
    end_line,
    plan_start,
    set_budget,
    set_wallet,
    start_line,
)
from pult.clients.actions.merging import merge_clients, undo_merge
from pult.clients.actions.pauses import cancel_pause, pause, resume
from pult.clients.actions.persons import add_contact, edit_contact
from pult.clients.actions.plans import add_step, edit_plan, finish_step, make_plan
from pult.clients.actions.profile import confirm_block, judge_solvency, write_block
from pult.clients.actions.retention import keep_contact
from pult.clients.actions.room import check_room, set_weight
from pult.clients.actions.status import cancel_status, set_status
from pult.clients.actions.traits import drop_trait, note_trait
from pult.clients.actions.trust import revoke_trusted, set_trusted

__all__ = [
    "add_account",
    "add_aim",
    "add_brand",
    "add_contact",
    "add_contract",
    "add_custom_field",
    "add_entity",
    "add_flight",
    "add_line",
    "add_own_account",
    "add_own_entity",
    "add_payer_alias",
    "add_site",
    "add_step",
    "assign",
    "cancel_pause",
    "cancel_status",
    "check_room",
    "close_aim",
    "confirm_block",
    "create_client",
    "drop_flight",
    "drop_trait",
    "edit_aim",
    "edit_client",
    "edit_contact",
    "edit_contract",
    "edit_custom_field",
    "edit_entity",
    "edit_line",
    "edit_own_account",
    "edit_own_entity",
    "edit_plan",
    "end_line",
    "end_payer_alias",
    "erase_change",
    "erase_contact",
    "export_contact",
    "finish_step",
    "judge_solvency",
    "keep_contact",
    "link_feed",
    "make_plan",
    "merge_clients",
    "note_trait",
    "pause",
    "plan_start",
    "release",
    "reopen_aim",
    "resume",
    "revoke_trusted",
    "set_budget",
    "set_custom_values",
    "set_go_live",
    "set_group",
    "set_own_vat",
    "set_scheme",
    "set_status",
    "set_trusted",
    "set_wallet",
    "set_weight",
    "start_line",
    "undo_merge",
    "unlink_feed",
    "write_block",
]
