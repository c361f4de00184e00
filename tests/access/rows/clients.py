"""The list of clients and the pages of one client.

Борис does not hold the client, nor do sales once it is handed over: for them it does not exist.
"""

from datetime import timedelta
from typing import Any

from pult.clients.actions import (
    add_aim,
    add_custom_field,
    add_line,
    add_payer_alias,
    add_step,
    close_aim,
    edit_contact,
    link_feed,
    make_plan,
    merge_clients,
    note_trait,
    pause,
    write_block,
)
from pult.clients.models import FieldChange, Flight
from pult.clients.tests import factories as make
from pult.money.actions.deals import make_deal
from pult.money.models import Invoice, Payment
from pult.people.queries import business_day
from pult.web.saved_views import save_view
from tests.access.table import STAFF, Row, opens, posted, writes

MONEY = ("am", "head", "accountant", "director")
PRODUCTION = ("production_head", "production_director")
SEE = ("am", "head", "executor", *PRODUCTION, "accountant", "director")
FOREIGN = {"another_am": 404, "sales": 404}
UNSEEN = {**FOREIGN, "it": 404}
EDIT = ("am", "head", "director")
STARTERS = (*EDIT, "executor", *PRODUCTION)
FEEDERS = (*EDIT, "executor", "accountant")
AM = ("another_am",)
RIVALS = ("another_am", "sales")


def world(cast: Any) -> dict[str, Any]:
    """Анна's client, run by Дарья, long since handed over by Глеб."""
    row = make.make_client("Лесная мебель", am=cast.anna)
    make.make_assignment(row, cast.darya, "executor")
    line = add_line(by=cast.anna, client_id=row.pk, name="Контекст", tool="context")
    running = make.make_line(row, "Таргет")
    rest = pause(
        by=cast.anna, client_id=row.pk, first_day=business_day(), reason_code="client_asked"
    )
    alias = add_payer_alias(by=cast.anna, client_id=row.pk, inn="7707083893", name="ООО «Друг»")
    feed = link_feed(by=cast.anna, line_id=running.pk, source="direct", login="les")
    invoice = Invoice.objects.create(client=row, total=100_00, number="1", status="issued")
    flight = Flight.objects.create(
        line=running, starts_on=business_day(), ends_on=business_day(), budget=1
    )
    payment = Payment.objects.create(client=row, amount=100_00, received_on=business_day())
    told = {"by": cast.anna, "client_id": row.pk}
    aim = add_aim(**told, kind="long", text="Втрое")
    settled = add_aim(**told, kind="need", text="Сайт")
    close_aim(by=cast.anna, aim_id=settled.pk, version=1, state="done", resolution="Есть")
    write_block(**told, kind="market", version=0, text="Рынок")
    plan = make_plan(
        **told, kind="account", text="План", review_on=business_day() + timedelta(days=30)
    )
    step = add_step(by=cast.anna, plan_id=plan.pk, text="Шаг", due_on=business_day())
    contact = make.make_contact(row)
    edit_contact(by=cast.anna, contact_id=contact.pk, version=1, position="владелец")
    field = add_custom_field(by=cast.vera, name="Сегмент", kind="text")
    double = make.make_client("Лесная мебель, дубль", am=cast.anna)
    merge = merge_clients(by=cast.vera, kept_id=row.pk, gone_id=double.pk)
    trait = note_trait(by=cast.anna, contact_id=contact.pk, kind="manner", text="Кратко")
    view = save_view(by=cast.vera, page="clients", name="Мои", query="status=client")
    assert view.user_id == cast.vera.pk
    deal = make_deal(**told, number="7", total=100_000_00, ad_budget=80_000_00, tech_cost=5_000_00)
    return {
        "client": row.pk,
        "deal": deal.pk,
        "line": line.pk,
        "running": running.pk,
        "contact": contact.pk,
        "change": FieldChange.objects.get(table="contact").pk,
        "field": field.pk,
        "merge": merge.pk,
        "trait": trait.pk,
        "aim": aim.pk,
        "settled": settled.pk,
        "block": "market",
        "plan": plan.pk,
        "plan_kind": "relation",
        "step": step.pk,
        "entity": make.make_entity(row).pk,
        "contract": make.make_contract(row).pk,
        "pause": rest.pk,
        "alias": alias.pk,
        "feed": feed.pk,
        "flight": flight.pk,
        "invoice": invoice.pk,
        "payment": payment.pk,
        "view": view.pk,
        "csv": "csv",
    }


def seen(name: str, args: str = "client") -> Row:
    """A page of one client that all who work on it open and whose owner's rivals do not find."""
    return opens(name, args, *SEE, **UNSEEN)


def of_money(name: str, args: str = "client") -> Row:
    """The same for those who see money."""
    return opens(name, args, *MONEY, **FOREIGN)


def edited(name: str, args: str, *who: str, **others: int) -> Row:
    """A form: like a page, for fewer roles."""
    return writes(name, args, *(who or EDIT), **{"another_am": 404, **others})


ROWS = [
    opens("clients", "", *STAFF),
    opens("clients_table", "csv", *STAFF),
    posted("clients_assignment", "", "head", "director"),
    posted("clients_pause", "", "am", "another_am", "head", "director"),
    posted("clients_views", "", *STAFF),
    posted("clients_view_removal", "view", "head", rivals=STAFF),
    posted("clients_view_pin", "view", "head", rivals=STAFF),
    writes("client_new", "", "am", "another_am", "head", "sales", "director"),
    seen("client"),
    seen("client_peek"),
    of_money("client_money"),
    seen("client_lines"),
    seen("client_line", "client line"),
    seen("client_people"),
    of_money("client_requisites"),
    seen("client_timeline"),
    edited("client_edit", "client"),
    edited("client_status", "client", sales=404),
    posted("client_status_cancel", "client", *EDIT, rivals=RIVALS),
    seen("client_card"),
    seen("negotiation"),
    edited("client_custom", "client", sales=404),
    seen("client_history"),
    opens("client_alike", "", "am", "another_am", "head", "sales", "director"),
    writes("client_merge", "client", "head", "director"),
    posted("client_merge_undo", "client merge", "head", "director"),
    posted("client_change_erasure", "client change", "head", "director"),
    seen("client_person_data", "client contact"),
    posted("client_person_file", "client contact", *EDIT, rivals=AM),
    posted("client_person_erasure", "client contact", "head", "director"),
    writes("client_person_keep", "client contact", "head", "director"),
    opens("client_fields", "", "head", "director"),
    writes("client_field_new", "", "head", "director"),
    writes("client_field", "field", "head", "director"),
    opens("client_gaps", "", "am", "another_am", "head", "director"),
    edited("client_aim_new", "client", sales=404),
    edited("client_aim", "client aim", sales=404),
    edited("client_aim_close", "client aim", sales=404),
    posted("client_aim_reopen", "client settled", *EDIT, rivals=RIVALS, form={"version": "2"}),
    edited("client_block", "client block", sales=404),
    posted("client_block_confirm", "client block", *EDIT, rivals=RIVALS, form={"version": "1"}),
    edited("client_solvency_new", "client", *MONEY),
    edited("client_plan_new", "client plan_kind"),
    edited("client_plan", "client plan"),
    edited("client_step_new", "client plan"),
    posted("client_step_done", "client step", *EDIT, rivals=AM),
    edited("client_trait_new", "client contact"),
    posted("client_trait_removal", "client trait", *EDIT, rivals=AM),
    edited("client_charge", "client", *EDIT, *PRODUCTION),
    edited("client_release", "client", *EDIT, *PRODUCTION),
    edited("client_pause", "client"),
    edited("client_resume", "client pause"),
    writes("client_trust", "client", "head"),
    posted("client_trust_removal", "client", "head"),
    writes("client_launch_waiver", "client", "head"),
    writes("client_golive", "client", "head", "director"),
    edited("client_person_new", "client", sales=404),
    edited("client_person", "client contact", sales=404),
    edited("client_entity_new", "client", *MONEY, sales=404),
    edited("client_entity", "client entity", *MONEY, sales=404),
    of_money("client_requisite_check"),
    edited("client_account_new", "client entity", *MONEY, sales=404),
    edited("client_payer_new", "client", *MONEY, sales=404),
    posted("client_payer_removal", "client alias", *MONEY, rivals=RIVALS),
    edited("client_contract_new", "client", *MONEY, sales=404),
    edited("client_contract", "client contract", *MONEY, sales=404),
    writes("client_scheme", "client contract", "head", "accountant", "director"),
    edited("client_brand_new", "client"),
    edited("client_site_new", "client"),
    edited("client_line_new", "client", sales=404),
    edited("client_line_edit", "client line", sales=404),
    edited("client_line_budget", "client line", sales=404),
    edited("client_line_plan", "client line", sales=404),
    edited("client_line_pause", "client running"),
    edited("client_line_end", "client line"),
    edited("client_line_wallet", "client line", *EDIT, "executor", "accountant"),
    edited("client_feed_new", "client line", *EDIT, "executor", "accountant"),
    posted(
        "client_feed_removal", "client running feed", *EDIT, "executor", "accountant", rivals=AM
    ),
    posted("client_line_start", "client line", *STARTERS, rivals=AM),
    edited("client_flight_new", "client line", sales=404),
    posted(
        "client_flight_start", "client running flight", *EDIT, "executor", *PRODUCTION, rivals=AM
    ),
    posted("client_flight_removal", "client running flight", *EDIT, rivals=RIVALS),
    edited("client_line_ask", "client line", *EDIT, "executor", *PRODUCTION),
    writes("client_line_waiver", "client line", "head", "director"),
    edited("client_line_topup", "client line", *EDIT, "executor", "accountant"),
    writes("client_advance", "client payment", "accountant"),
    edited("client_reminder", "client invoice", *MONEY),
    opens("client_deals", "client", *MONEY, another_am=404),
    edited("client_deal_new", "client", *MONEY),
    edited("client_deal", "client deal", *MONEY),
    posted("client_deal_removal", "client deal", *MONEY, rivals=AM),
]
