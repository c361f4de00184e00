from django.urls import path

from pult.web.pages.settlement import view

urlpatterns = [
    path("money/settlement/", view.queue, name="settlement"),
    path("money/settlement/<int:document_id>/", view.document, name="settlement_document"),
    path(
        "money/settlement/<int:document_id>/proposal/",
        view.proposal,
        name="settlement_proposal",
    ),
    path(
        "money/settlement/<int:document_id>/not-client/",
        view.not_client,
        name="settlement_not_client",
    ),
    path("money/settlement/<int:document_id>/undo/", view.undo, name="settlement_undo"),
]
