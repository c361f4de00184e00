"""Addresses of a client: its tabs, and the forms that change it."""

from django.urls import include, path

from pult.web.pages.client import (
    advance,
    edit_acts,
    edit_card,
    edit_lines,
    edit_people,
    first_day,
    flights,
    view,
)

LINE = [
    path("", view.line, name="client_line"),
    path("edit/", edit_lines.edit, name="client_line_edit"),
    path("budget/", edit_lines.budget, name="client_line_budget"),
    path("plan/", edit_lines.plan, name="client_line_plan"),
    path("pause/", edit_card.pause, name="client_line_pause"),
    path("flights/new/", flights.new, name="client_flight_new"),
    path("flights/<int:flight_id>/start/", flights.start, name="client_flight_start"),
    path("flights/<int:flight_id>/removal/", flights.removal, name="client_flight_removal"),
    path("end/", edit_lines.end, name="client_line_end"),
    path("account/", edit_lines.wallet, name="client_line_wallet"),
    path("campaigns/new/", edit_lines.feed, name="client_feed_new"),
    path("campaigns/<int:feed_id>/removal/", edit_lines.feed_removal, name="client_feed_removal"),
    path("start/", edit_acts.start, name="client_line_start"),
    path("start/request/", edit_acts.ask, name="client_line_ask"),
    path("start/waiver/", edit_acts.waiver, name="client_line_waiver"),
    path("top-up/", edit_acts.topup, name="client_line_topup"),
]

CLIENT = [
    path("", view.client, name="client"),
    path("peek/", view.peek, name="client_peek"),
    path("money/", view.money, name="client_money"),
    path("lines/", view.lines, name="client_lines"),
    path("lines/new/", edit_lines.new, name="client_line_new"),
    path("lines/<int:line_id>/", include(LINE)),
    path("people/", view.people, name="client_people"),
    path("people/new/", edit_people.person, name="client_person_new"),
    path("people/<int:contact_id>/", edit_people.person, name="client_person"),
    path("requisites/", view.requisites, name="client_requisites"),
    path("requisites/check/", edit_people.check, name="client_requisite_check"),
    path("entities/new/", edit_people.entity, name="client_entity_new"),
    path("entities/<int:entity_id>/", edit_people.entity, name="client_entity"),
    path("entities/<int:entity_id>/accounts/", edit_people.account, name="client_account_new"),
    path("payers/new/", edit_people.payer, name="client_payer_new"),
    path("payers/<int:alias_id>/removal/", edit_people.payer_removal, name="client_payer_removal"),
    path("contracts/new/", edit_people.contract, name="client_contract_new"),
    path("contracts/<int:contract_id>/", edit_people.contract, name="client_contract"),
    path("contracts/<int:contract_id>/schemes/", edit_people.scheme, name="client_scheme"),
    path("brands/new/", edit_people.brand, name="client_brand_new"),
    path("sites/new/", edit_people.site, name="client_site_new"),
    path("timeline/", view.timeline, name="client_timeline"),
    path("edit/", edit_card.edit, name="client_edit"),
    path("status/", edit_card.status, name="client_status"),
    path("status/removal/", edit_card.status_cancel, name="client_status_cancel"),
    path("charge/", edit_card.charge, name="client_charge"),
    path("charge/end/", edit_card.release, name="client_release"),
    path("pause/", edit_card.pause, name="client_pause"),
    path("pauses/<int:pause_id>/end/", edit_card.resume, name="client_resume"),
    path("trust/", edit_card.trust, name="client_trust"),
    path("trust/removal/", edit_card.trust_removal, name="client_trust_removal"),
    path("go-live/", first_day.show, name="client_golive"),
    path("invoices/<int:invoice_id>/reminder/", edit_acts.reminder, name="client_reminder"),
    path("payments/<int:payment_id>/advance/", advance.advance, name="client_advance"),
]

urlpatterns = [
    path("clients/new/", edit_card.new, name="client_new"),
    path("clients/<int:client_id>/", include(CLIENT)),
]
