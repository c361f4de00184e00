from django.urls import path

from pult.web.pages.contacts import view

urlpatterns = [
    path("clients/<int:client_id>/contacts/", view.contacts, name="client_contacts"),
    path(
        "clients/<int:client_id>/contacts/<int:interaction_id>/correction/",
        view.correction,
        name="contact_correction",
    ),
    path(
        "clients/<int:client_id>/contacts/<int:interaction_id>/undo/",
        view.taken_back,
        name="contact_taken_back",
    ),
    path(
        "clients/<int:client_id>/contacts/<int:interaction_id>/note/erasure/",
        view.note_erasure,
        name="contact_note_erasure",
    ),
    path("clients/<int:client_id>/contacts/seen/", view.seen, name="client_contacts_seen"),
    path("contacts/new/", view.new, name="new_contacts"),
    path("clients/<int:client_id>/wait/end/", view.wait_end, name="client_wait_end"),
]
