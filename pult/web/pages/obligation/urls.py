from django.urls import path

from pult.web.pages.obligation import view

urlpatterns = [
    path("obligations/<int:obligation_id>/why/", view.why, name="obligation_why"),
    path("obligations/<int:obligation_id>/postponement/", view.postponement, name="postponement"),
    path(
        "obligations/<int:obligation_id>/postponement/undo/",
        view.postponement_undo,
        name="postponement_undo",
    ),
    path("obligations/<int:obligation_id>/dispute/", view.dispute_row, name="dispute"),
    path("obligations/<int:obligation_id>/uselessness/", view.uselessness, name="uselessness"),
    path("obligations/<int:obligation_id>/waiver/", view.waiver, name="waiver"),
    path("obligations/<int:obligation_id>/reminder/", view.reminder, name="obligation_reminder"),
    path("obligations/<int:obligation_id>/top-up/", view.topup, name="obligation_topup"),
    path("top-ups/<int:top_up_id>/removal/", view.topup_removal, name="top_up_removal"),
]
