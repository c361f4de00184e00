"""The words of a match, as a person reads them. Keys are those of `logic.matching.Match`."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "exact": _("the whole invoice"),
    "partial": _("part of an invoice"),
    "over": _("more than the invoice"),
    "joint": _("several invoices"),
    "third_party": _("paid by another company"),
    "advance": _("client money without an invoice"),
    "return": _("money given back"),
    "not_client_money": _("not client money"),
    "unknown": _("nobody known"),
}

CONFIDENCES = {
    "certain": _("certain"),
    "likely": _("likely"),
    "confirm": _("to be confirmed"),
    "advance": _("advance"),
    "none": _("to be settled by hand"),
}

REASONS = {
    "inn": _("the payer's ИНН is known"),
    "account": _("the payer's account is known, its ИНН is not given"),
    "number": _("the purpose names the number"),
    "sum": _("the sum is the same"),
    "partial": _("the sum is less than the invoice"),
    "over": _("the sum is more than the invoice"),
    "paid_meanwhile": _("the invoice has been paid meanwhile"),
    "another_number": _("the purpose names a number that is not open at this payer"),
    "several_equal": _("several open invoices have this sum"),
    "several_clients": _("the payer pays for several clients"),
    "sum_of_all": _("the sum is that of all open invoices"),
    "paid_for_another": _("the purpose says whom it is paid for"),
    "payer_is_a_client": _("the payer is a client itself"),
    "unknown_payer": _("the payer is not known"),
    "currency": _("the payment is in another currency than the invoices"),
    "undecided": _("neither account is ours"),
    "own_transfer": _("a transfer between own accounts"),
    "outgoing": _("an outgoing payment"),
    "fee": _("a bank fee"),
    "return": _("a return"),
    "acquiring": _("card payments from the bank"),
    "tax_refund": _("a tax refund"),
    "loan": _("a loan"),
    "interest": _("interest"),
    "deposit": _("a deposit"),
    "cash": _("own cash paid in"),
    "treasury": _("money from the treasury"),
}

FAULTS = {
    "balance": _("opening balance and documents do not make the closing balance"),
    "incoming": _("incoming documents differ from the statement's own total"),
    "outgoing": _("outgoing documents differ from the statement's own total"),
    "gap": _("a section does not open with what the one before it closed with"),
    "counted_once": _("the statement's total counts two equal documents once"),
}
