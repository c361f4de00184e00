"""Addresses of what is known of a client, and of the forms that note it."""

from django.urls import include, path

from pult.web.pages.client_card import aims, merging, people, plans, view

CARD = [
    path("", view.card, name="client_card"),
    path("aims/new/", aims.new, name="client_aim_new"),
    path("aims/<int:aim_id>/", aims.edit, name="client_aim"),
    path("aims/<int:aim_id>/result/", aims.close, name="client_aim_close"),
    path("aims/<int:aim_id>/reopening/", aims.reopen, name="client_aim_reopen"),
    path("parts/<slug:kind>/", view.block, name="client_block"),
    path("parts/<slug:kind>/confirmation/", view.confirmation, name="client_block_confirm"),
    path("own-fields/", view.custom, name="client_custom"),
    path("history/", view.history, name="client_history"),
    path("history/<int:change_id>/erasure/", people.change_erasure, name="client_change_erasure"),
    path("people/<int:contact_id>/data/", people.data, name="client_person_data"),
    path("people/<int:contact_id>/file/", people.file, name="client_person_file"),
    path("people/<int:contact_id>/erasure/", people.erasure, name="client_person_erasure"),
    path("people/<int:contact_id>/keeping/", people.keeping, name="client_person_keep"),
    path("merge/", merging.merge, name="client_merge"),
    path("merges/<int:merge_id>/parting/", merging.parting, name="client_merge_undo"),
    path("solvency/new/", view.solvency, name="client_solvency_new"),
    path("plans/new/<slug:kind>/", plans.new, name="client_plan_new"),
    path("plans/<int:plan_id>/", plans.edit, name="client_plan"),
    path("plans/<int:plan_id>/steps/new/", plans.step, name="client_step_new"),
    path("steps/<int:step_id>/done/", plans.done, name="client_step_done"),
    path("people/<int:contact_id>/traits/new/", view.trait, name="client_trait_new"),
    path("traits/<int:trait_id>/removal/", view.trait_removal, name="client_trait_removal"),
]

urlpatterns = [
    path("clients/alike/", merging.alike, name="client_alike"),
    path("clients/<int:client_id>/card/", include(CARD)),
]
