from django.urls import path

from pult.web.pages.invoice_requests import view

urlpatterns = [
    path("money/requests/", view.requests, name="invoice_requests"),
    path("money/invoices/<int:invoice_id>/", view.invoice, name="invoice"),
    path("money/invoices/<int:invoice_id>/issue/", view.issue, name="invoice_issue"),
    path("money/invoices/<int:invoice_id>/sending/", view.sending, name="invoice_sending"),
    path("money/invoices/<int:invoice_id>/due/", view.due, name="invoice_due"),
    path("money/invoices/<int:invoice_id>/number/", view.number, name="invoice_number"),
    path("money/invoices/<int:invoice_id>/letter/", view.letter, name="invoice_letter"),
    path(
        "money/invoices/<int:invoice_id>/cancellation/",
        view.cancellation,
        name="invoice_cancellation",
    ),
    path("clients/<int:client_id>/invoices/new/", view.new, name="invoice_new"),
]
