"""Letters people have sent: what follows from one is noted in one action."""

from typing import TYPE_CHECKING

from pult.comms.actions import log_contact
from pult.comms.models import Interaction
from pult.kernel.facts import acting
from pult.money.access import invoice_for
from pult.money.actions.reminders import remind_of_payment

if TYPE_CHECKING:
    from pult.people.models import User


def reminder_sent(*, by: "User", invoice_id: int, subject: str, text: str) -> Interaction:
    """Somebody has sent a reminder of an invoice: the reminder is a fact, the words are the note
    of a contact."""
    invoice = invoice_for(by, invoice_id)
    channel = Interaction.Channel.MAIL
    with acting(invoice.client_id):
        remind_of_payment(by=by, invoice_id=invoice_id, channel=channel)
        return log_contact(
            by=by,
            client_id=invoice.client_id,
            channel=channel,
            outcome=Interaction.Outcome.ATTEMPT,
            note=f"{subject.strip()}\n\n{text.strip()}",
        )
