"""A person's term has passed, and the head keeps them all the same: why, and until which day."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import contact_for, require
from pult.clients.actions.erasure import ERASERS, check_there
from pult.clients.models import KeptFor
from pult.clients.queries.retention import KEPT, is_past_retention, kept_by
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record, void
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.kernel.models import Fact
    from pult.people.models import User

LONGEST = timedelta(days=366)


def keep_contact(*, by: "User", contact_id: int, reason: str, until: date) -> "Fact":
    """Keep a person beyond the term until a day at most a year ahead, when it is asked again.

    `reason` is a code of `KeptFor`: a fact keeps no words. Said again, it replaces what was said.
    Raises Refusal for whoever is erased or whose term has not passed.
    """
    role = require(by, *ERASERS, act=_("erase a person"))
    contact = contact_for(by, contact_id)
    if reason not in KeptFor.values:
        raise BadInput(_("Choose one of what is offered"), field="reason")
    today = business_day()
    if not today < until <= today + LONGEST:
        raise BadInput(
            _("A person is kept until a day ahead, within a year"),
            field="until",
            cure=_("In a year it is asked again"),
        )
    with acting(contact.client_id):
        contact.refresh_from_db()
        check_there(contact)
        if not is_past_retention(contact):
            raise Refusal(
                _("This person is kept as it is: they work there, and the client is with us"),
                cure=_("Mark the person as no longer working there"),
            )
        before = kept_by(contact)
        if before:
            void(before, by=by, reason="kept anew")
        return record(
            KEPT,
            root_id=contact.client_id,
            refs={"client": contact.client_id, "contact": contact.pk},
            by=by,
            role=role,
            key=str(contact.pk),
            day=until,
            payload={"reason_code": reason},
        )
