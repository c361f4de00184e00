"""What the money domain records."""

from pult.kernel.facts import FactKind, register

INVOICE_REQUESTED = FactKind(
    "invoice.requested",
    "счёт запрошен",
    "invoice requested",
    refs=("client", "invoice", "line?"),
    audience="money",
    doc="The account manager asked the accountant for an invoice (5.5). One fact a service line.",
)
INVOICE_ISSUED = FactKind(
    "invoice.issued",
    "счёт выставлен",
    "invoice issued",
    refs=("client", "invoice", "line?"),
    audience="money",
    doc="An invoice got its number and date; `role` is the issuer's, which М4.9 reads.",
)
INVOICE_SENT = FactKind(
    "invoice.sent",
    "счёт отправлен",
    "invoice sent",
    refs=("client", "invoice", "line?"),
    fields={"channel": str},
    audience="money",
    doc="The client was given the invoice; what 5.4 waits for. One fact a service line, in the "
    "state fee when the line is billed the agency's fee alone: 5.3 waits for ad money.",
)
INVOICE_NEXT_MONTH = FactKind(
    "invoice.next_month",
    "счёт на следующий месяц",
    "invoice for the next month",
    refs=("client", "invoice"),
    audience="money",
    doc="An invoice sent this month covers days of the next one (5.1); `key` is that month.",
)
INVOICE_DUE = FactKind(
    "invoice.due",
    "срок оплаты счёта",
    "invoice due date",
    shape="date",
    refs=("client", "invoice"),
    audience="money",
    doc="The day the client is to pay by (1.13); the key is the invoice.",
)
INVOICE_DUE_MOVED = FactKind(
    "invoice.due_moved",
    "день оплаты перенесён",
    "day to pay by moved",
    shape="date",
    refs=("client", "invoice"),
    audience="money",
    doc="Somebody moved the day to pay by before the invoice was sent: 1.13 hears it when it is.",
)
INVOICE_PAID = FactKind(
    "invoice.paid",
    "оплата счёта",
    "invoice payment state",
    shape="state",
    refs=("client", "invoice", "line?"),
    audience="money",
    doc="none, part, full or over: what the bank brought against the invoice's total.",
)
INVOICE_RENUMBERED = FactKind(
    "invoice.renumbered",
    "номер счёта исправлен",
    "invoice number corrected",
    refs=("client", "invoice"),
    fields={"before": str, "number": str},
    audience="money",
    doc="An issued invoice got another number, so that payers can tell it from its twin.",
)
INVOICE_CANCELLED = FactKind(
    "invoice.cancelled",
    "счёт отменён",
    "invoice cancelled",
    refs=("client", "invoice"),
    fields={"reason_code": str},
    audience="money",
    doc="An issued number stays used; a new invoice takes its place.",
)
PAYMENT_RECEIVED = FactKind(
    "payment.received",
    "оплата поступила",
    "payment received",
    refs=("client", "line?", "invoice?"),
    audience="money",
    doc="Client money on the bank account; `value` in kopecks. One fact a service line it pays.",
)
PAYMENT_RETURNED = FactKind(
    "payment.returned",
    "оплата возвращена",
    "payment returned",
    refs=("client",),
    audience="money",
    doc="Money given back to the client; `value` in kopecks.",
)
PAY_REMINDED = FactKind(
    "pay.reminded",
    "напоминание об оплате",
    "payment reminder",
    refs=("client", "invoice"),
    fields={"channel": str},
    audience="money",
    doc="The client was reminded of an invoice: the honest next step of 1.13.",
)
DEAL_MADE = FactKind(
    "deal.made",
    "сделка заведена",
    "deal entered",
    refs=("client", "task?"),
    audience="money",
    doc="The deal of an appendix is in the card (5.6); `value` is its sum in kopecks, `task` the "
    "appendix's. Taken back with the deal.",
)
DEAL_EDITED = FactKind(
    "deal.edited",
    "сделка исправлена",
    "deal corrected",
    refs=("client", "task?"),
    fields={"fields": list},
    audience="money",
    doc="`fields` are names of columns.",
)
DEAL_CANCELLED = FactKind(
    "deal.cancelled",
    "сделка отозвана",
    "deal taken back",
    refs=("client", "task?"),
    audience="money",
)
LINE_FUNDED = FactKind(
    "line.funded",
    "оплата услуги",
    "service line payment state",
    shape="state",
    refs=("client", "line"),
    audience="money",
    doc="none, part or full: whether the newest invoice of the line is paid; gate 6.1 reads it.",
)
LINE_FUNDS_END = FactKind(
    "line.funds_end",
    "прогноз окончания средств",
    "forecast end of funds",
    shape="date",
    refs=("client", "line"),
    fields={"q10": str, "q50": str, "q90": str, "balance": int, "stale": int},
    audience="money",
    doc="The first day with P(money ended) ≥ {funds.p}; the key is the funding period. Recorded "
    "only when that day moves.",
)
LINE_TOPPED_UP = FactKind(
    "line.topped_up",
    "рекламный кабинет пополнен",
    "ad account topped up",
    refs=("client", "line"),
    audience="money",
    doc="Ad money moved to the platform; `value` in kopecks net of VAT.",
)
MONEY_WAITS = FactKind(
    "line.money_waits",
    "деньги на рекламу у агентства",
    "ad money with the agency",
    shape="state",
    refs=("client", "line"),
    audience="money",
    doc="waits: a payment came and was not moved to the ad account (П.1); moved: topped up; gone: "
    "spent, given back or settled elsewhere.",
)
SPEND_LOADED = FactKind(
    "spend.loaded",
    "расходы загружены",
    "spend loaded",
    shape="measure",
    refs=("client", "line"),
    audience="money",
    doc="An import brought the spend of a line up to `day`; `value` = kopecks of that import.",
)
STATEMENT_LOADED = FactKind(
    "statement.loaded",
    "выписка загружена",
    "statement loaded",
    shape="measure",
    refs=("statement",),
    fields={"account": str},
    audience="money",
    doc="A bank statement was posted; `day` is its last day, `value` the documents of the "
    "account that are new in it.",
)
COLUMNS_CONFIRMED = FactKind(
    "columns.confirmed",
    "столбцы файла подтверждены",
    "columns of a file confirmed",
    refs=("mapping",),
    fields={"purpose": str, "mapping": dict},
    audience="staff",
    doc="Somebody said which column is which field: later files of this shape are read so.",
)
DOCUMENT_NOT_CLIENT = FactKind(
    "document.not_client",
    "документ банка не от клиента",
    "bank document that is not client money",
    shape="state",
    refs=("document",),
    audience="money",
    doc="on: somebody said that a document is a fee, a loan or our own transfer; off: took it "
    "back. The key is the document.",
)
FEED_BROKEN = FactKind(
    "feed.broken",
    "источник данных сломан",
    "data feed broken",
    shape="state",
    refs=("feed",),
    fields={"feed": str},
    audience="staff",
    doc="on/off: an expected import did not come; one row to its owner, dependants show no data.",
)

register(
    INVOICE_REQUESTED,
    INVOICE_ISSUED,
    INVOICE_SENT,
    INVOICE_NEXT_MONTH,
    INVOICE_DUE,
    INVOICE_DUE_MOVED,
    INVOICE_PAID,
    INVOICE_RENUMBERED,
    INVOICE_CANCELLED,
    PAYMENT_RECEIVED,
    PAYMENT_RETURNED,
    PAY_REMINDED,
    DEAL_MADE,
    DEAL_EDITED,
    DEAL_CANCELLED,
    LINE_FUNDED,
    LINE_FUNDS_END,
    LINE_TOPPED_UP,
    MONEY_WAITS,
    SPEND_LOADED,
    STATEMENT_LOADED,
    COLUMNS_CONFIRMED,
    DOCUMENT_NOT_CLIENT,
    FEED_BROKEN,
)
