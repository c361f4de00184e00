"""What the fields of forms are called where an error names one: people read words, not codes."""

import re

from django.utils.translation import pgettext_lazy

WORDS = {
    "account": pgettext_lazy("field", "Account"),
    "after": pgettext_lazy("field", "Waits for"),
    "amount": pgettext_lazy("field", "Sum"),
    "at": pgettext_lazy("field", "Day and time"),
    "auditors": pgettext_lazy("field", "Auditors"),
    "balance_day": pgettext_lazy("field", "Day of the balances"),
    "birthday": pgettext_lazy("field", "Birthday"),
    "brand": pgettext_lazy("field", "Brand"),
    "campaign": pgettext_lazy("field", "Campaign"),
    "campaign_id": pgettext_lazy("field", "Number of the campaign"),
    "category": pgettext_lazy("field", "Kind of absence"),
    "channel": pgettext_lazy("field", "Channel"),
    "clause": pgettext_lazy("field", "Clause"),
    "client": pgettext_lazy("field", "Client"),
    "contacts": pgettext_lazy("field", "People"),
    "contract": pgettext_lazy("field", "Contract"),
    "covers_from": pgettext_lazy("field", "Period from"),
    "covers_to": pgettext_lazy("field", "Period to"),
    "day": pgettext_lazy("field", "Day"),
    "days": pgettext_lazy("field", "Days"),
    "decision": pgettext_lazy("field", "Decision"),
    "department": pgettext_lazy("field", "Department"),
    "departments": pgettext_lazy("field", "Departments"),
    "due": pgettext_lazy("field", "Deadline"),
    "due_on": pgettext_lazy("field", "To be paid by"),
    "effective_from": pgettext_lazy("field", "In force from"),
    "email": pgettext_lazy("field", "E-mail"),
    "ends_on": pgettext_lazy("field", "Last day"),
    "entity": pgettext_lazy("field", "Legal entity"),
    "every": pgettext_lazy("field", "Every"),
    "fields": pgettext_lazy("field", "Fields"),
    "file": pgettext_lazy("field", "File"),
    "first_day": pgettext_lazy("field", "First day"),
    "first_on": pgettext_lazy("field", "First day"),
    "flight": pgettext_lazy("field", "Flight"),
    "full_name": pgettext_lazy("field", "Name"),
    "go_live": pgettext_lazy("field", "First day of the regulation"),
    "hours": pgettext_lazy("field", "Usual term, working hours"),
    "host": pgettext_lazy("field", "Site"),
    "inn": pgettext_lazy("field", "ИНН"),
    "invoice": pgettext_lazy("field", "Invoice"),
    "issued_on": pgettext_lazy("field", "Issued on"),
    "known_until": pgettext_lazy("field", "Known until"),
    "last_day": pgettext_lazy("field", "Last day"),
    "limit": pgettext_lazy("field", "Limit"),
    "line": pgettext_lazy("field", "Service line"),
    "lines": pgettext_lazy("field", "Service lines"),
    "login": pgettext_lazy("field", "Login"),
    "manager": pgettext_lazy("field", "Account manager"),
    "measure": pgettext_lazy("field", "How one sees it"),
    "mentions": pgettext_lazy("field", "Who is called"),
    "minutes": pgettext_lazy("field", "Minutes"),
    "monthly": pgettext_lazy("field", "Sum a month"),
    "name": pgettext_lazy("field", "Name"),
    "note": pgettext_lazy("field", "Note"),
    "number": pgettext_lazy("field", "Number"),
    "on": pgettext_lazy("field", "Day"),
    "own_account": pgettext_lazy("field", "Our account"),
    "own_entity": pgettext_lazy("field", "Who issues"),
    "password": pgettext_lazy("field", "Password"),
    "payer": pgettext_lazy("field", "Payer"),
    "person": pgettext_lazy("field", "Person"),
    "phone": pgettext_lazy("field", "Phone"),
    "project": pgettext_lazy("field", "Project"),
    "purpose": pgettext_lazy("field", "Purpose of the payment"),
    "reason": pgettext_lazy("field", "Why"),
    "reason_code": pgettext_lazy("field", "Reason"),
    "result": pgettext_lazy("field", "Result"),
    "role": pgettext_lazy("field", "Role"),
    "shares": pgettext_lazy("field", "Sums of invoices"),
    "since": pgettext_lazy("field", "Since"),
    "site": pgettext_lazy("field", "Site"),
    "start": pgettext_lazy("field", "Start"),
    "starts_on": pgettext_lazy("field", "Start"),
    "substitute": pgettext_lazy("field", "Who stands in"),
    "tasks": pgettext_lazy("field", "Tasks"),
    "team": pgettext_lazy("field", "Team"),
    "template": pgettext_lazy("field", "Form"),
    "term": pgettext_lazy("field", "Usual term"),
    "text": pgettext_lazy("field", "Text"),
    "until": pgettext_lazy("field", "Until"),
    "user": pgettext_lazy("field", "Person"),
    "value": pgettext_lazy("field", "Value"),
    "vat": pgettext_lazy("field", "VAT"),
    "zone": pgettext_lazy("field", "Time zone"),
}
# Codes of fields a reader does not see as such: what is said of them names them.
UNSEEN = frozenset(
    [
        "accounts",
        "act",
        "again",
        "document",
        "flag",
        "ids",
        "kind",
        "mode",
        "parts",
        "proof",
        "query",
        "row",
        "scope",
    ]
)
_CODE = re.compile(r"[a-z][a-z0-9_]*")


def field_words(field: str, line: int | None = None) -> str:
    """The words for a field, empty for a code that has none.

    A field of a file's `line`, or anything that is no code, is the title of a column: it stays.
    """
    if field in WORDS:
        return str(WORDS[field])
    return field if line is not None or not _CODE.fullmatch(field) else ""
