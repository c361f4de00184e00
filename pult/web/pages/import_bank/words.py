"""The fields of a bank's table as people call them, in the order they are asked for."""

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "date": _("Day of the money"),
    "amount": _("Sum"),
    "credit": _("Sum that came in"),
    "debit": _("Sum that went out"),
    "direction": _("In or out"),
    "purpose": _("Purpose of the payment"),
    "number": _("Number of the document"),
    "account": _("Our account"),
    "party_name": _("Other side"),
    "party_inn": _("ИНН of the other side"),
    "party_account": _("Account of the other side"),
    "party_bik": _("БИК of the other side"),
    "payer_name": _("Payer"),
    "payer_inn": _("ИНН of the payer"),
    "payer_account": _("Account of the payer"),
    "payee_name": _("Payee"),
    "payee_inn": _("ИНН of the payee"),
    "payee_account": _("Account of the payee"),
    "kind": _("Kind of document"),
    "vat": _("VAT"),
}
