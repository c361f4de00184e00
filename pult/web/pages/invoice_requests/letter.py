"""A reminder of an invoice: drafted, edited by the manager, copied or noted as sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse

from pult.kernel.errors import PultError
from pult.money.letters import LANGUAGES, reminder_letter
from pult.money.queries import InvoiceItem, invoice_card

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class LetterPage:
    """The draft or what was typed; `languages` are (code, address, whether it is this one)."""

    invoice: InvoiceItem
    subject: str
    text: str
    mail: str
    languages: tuple[tuple[str, str, bool], ...]
    problem: PultError | None


def letter_page(
    user: "User",
    invoice_id: int,
    query: Mapping[str, str],
    given: Mapping[str, str],
    problem: PultError | None,
) -> LetterPage:
    """Raises Refusal when there is nothing to remind of."""
    draft = reminder_letter(user, invoice_id, query.get("language", "ru"))
    subject, text = given.get("subject", draft.subject), given.get("text", draft.text)
    here = reverse("invoice_letter", args=[invoice_id])
    return LetterPage(
        invoice=invoice_card(user, invoice_id),
        subject=subject,
        text=text,
        mail=f"mailto:?subject={quote(subject)}&body={quote(text)}",
        languages=tuple(
            (code, f"{here}?language={code}", code == draft.language) for code in LANGUAGES
        ),
        problem=problem,
    )
