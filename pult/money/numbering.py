"""In whose name an invoice goes out, under which number, with which VAT."""

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from pult.clients.models import OwnEntity
from pult.clients.queries import own_vat_on
from pult.kernel.errors import BadInput
from pult.kernel.money import standard_vat
from pult.money.models import Invoice

LONGEST = 6  # digits


def own_entity(pk: int | None) -> OwnEntity:
    """The agency's entity that was named, else its first one still in use."""
    rows = OwnEntity.objects.order_by("pk")
    entity = rows.filter(pk=pk).first() if pk else rows.filter(closed=False).first()
    if entity is None:
        raise BadInput(
            _("The agency has no legal entity yet"),
            field="own_entity",
            cure=_("Add it on the page “Agency”"),
        )
    if entity.closed:
        raise BadInput(
            _("“%(entity)s” is no longer used") % {"entity": entity.name},
            field="own_entity",
            cure=_("Choose another legal entity of the agency"),
        )
    return entity


def next_ordinal(entity: OwnEntity, year: int) -> int:
    """One more than the highest number that counts of the entity's year: after a typed 500 comes
    501, gaps stay, and so do the numbers of cancelled invoices. One seek in an index.

    The agency's lock (root 0) is held: two accountants never share a number.
    """
    taken = Invoice.objects.filter(own_entity=entity, year=year)
    return int(taken.aggregate(last=Max("ordinal"))["last"] or 0) + 1


def ordinal_of(number: str) -> int | None:
    """The number as it counts; None for one typed with letters, or longer than a year's count can
    be: 20260311 is a day, and the next invoice is not 20260312."""
    counts = number.isascii() and number.isdigit() and len(number) <= LONGEST
    return int(number) if counts else None


def check_number(invoice: Invoice, entity: OwnEntity, year: int, number: str) -> None:
    twin = Invoice.objects.filter(own_entity=entity, year=year, number=number)
    if twin.exclude(pk=invoice.pk).exists():
        raise BadInput(
            _("Invoice %(number)s already exists this year") % {"number": number},
            field="number",
            cure=_("Leave the number empty to take the next one"),
        )


def vat_of(entity: OwnEntity | None, day: date) -> int | None:
    """The rate in per cent an invoice of this day carries; None without VAT."""
    vat = own_vat_on(entity, day) if entity else OwnEntity.Vat.STANDARD
    if vat == OwnEntity.Vat.STANDARD:
        return standard_vat(day)
    return int(vat) if str(vat).isdigit() else None
