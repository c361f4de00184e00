"""The only reads of the money domain for pages, exports and the command line."""

from pult.money.queries.breaks import BreakOutlook, BreakRow, Stretch, before_break
from pult.money.queries.campaigns import (
    SpendFileItem,
    UntiedCampaign,
    campaigns_of,
    spend_files,
    untied_campaigns,
)
from pult.money.queries.client import ClientMoney, LineFunds, client_money
from pult.money.queries.coverage import Coverage, forecast_coverage
from pult.money.queries.funds import line_balances, line_money, with_wallets
from pult.money.queries.invoices import (
    InvoiceItem,
    InvoiceLineItem,
    WaitingInvoice,
    WaitingInvoices,
    called,
    client_invoices,
    invoice_card,
    invoice_requests,
    waiting_to_be_issued,
)
from pult.money.queries.mappings import columns_of
from pult.money.queries.payments import PaymentItem, payment_of
from pult.money.queries.preview import (
    AccountCheck,
    PreviewRow,
    StatementPreview,
    preview_statement,
)
from pult.money.queries.settlement import (
    Candidate,
    SettlementPage,
    SettlementRow,
    find_invoices,
    settlement_document,
    settlement_queue,
)
from pult.money.queries.spending import RecentSpend, recent_spend
from pult.money.queries.standing import clients_in_state, invoice_by, money_states
from pult.money.queries.statements import (
    BankLeft,
    CutOff,
    OddAccount,
    OpenStatement,
    StatementItem,
    bank_left,
    cut_off,
    is_cut_off,
    odd_accounts,
    open_statements,
    reads_bank,
    statement_file,
    statement_files,
)
from pult.money.queries.top_ups import LoggedTopUp, held_at_agency, money_waiting, top_ups_of_today

__all__ = [
    "AccountCheck",
    "BankLeft",
    "BreakOutlook",
    "BreakRow",
    "Candidate",
    "ClientMoney",
    "Coverage",
    "CutOff",
    "InvoiceItem",
    "InvoiceLineItem",
    "LineFunds",
    "LoggedTopUp",
    "OddAccount",
    "OpenStatement",
    "PaymentItem",
    "PreviewRow",
    "RecentSpend",
    "SettlementPage",
    "SettlementRow",
    "SpendFileItem",
    "StatementItem",
    "StatementPreview",
    "Stretch",
    "UntiedCampaign",
    "WaitingInvoice",
    "WaitingInvoices",
    "bank_left",
    "before_break",
    "called",
    "campaigns_of",
    "client_invoices",
    "client_money",
    "clients_in_state",
    "columns_of",
    "cut_off",
    "find_invoices",
    "forecast_coverage",
    "held_at_agency",
    "invoice_by",
    "invoice_card",
    "invoice_requests",
    "is_cut_off",
    "line_balances",
    "line_money",
    "money_states",
    "money_waiting",
    "odd_accounts",
    "open_statements",
    "payment_of",
    "preview_statement",
    "reads_bank",
    "recent_spend",
    "settlement_document",
    "settlement_queue",
    "spend_files",
    "statement_file",
    "statement_files",
    "top_ups_of_today",
    "untied_campaigns",
    "waiting_to_be_issued",
    "with_wallets",
]
