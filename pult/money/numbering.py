"""In whose name an invoice goes out, under which number, with which VAT."""

import re
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from pult.clients.models import OwnEntity
from pult.clients.queries import own_vat_on
from pult.kernel.errors import BadInput
from pult.kernel.money import standard_vat
from pult.kernel.texts import fitting
from pult.kernel.words import is_plain, line_of
from pult.money.logic.matching.purpose import named_by, number_key
from pult.money.models import FormerNumber, Invoice

LONGEST = 6  # digits
LONGEST_NUMBER = 32  # letters
DIGITS = re.compile(r"[0-9]+")


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


def next_number(entity: OwnEntity, year: int) -> str:
    """The number of the next ordinal; one over where an old invoice bears it as № 83."""
    ordinal = next_ordinal(entity, year)
    while twin_of(entity, year, str(ordinal)):
        ordinal += 1
    return str(ordinal)


def number_after(invoice: Invoice) -> str:
    """The number the next invoice of the same entity and year will get; empty for one that has
    neither yet."""
    entity, year = invoice.own_entity, invoice.year
    return next_number(entity, year) if entity and year else ""


def typed_number(typed: str, entity: OwnEntity, year: int, invoice_id: int | None = None) -> str:
    """A number as it is kept and shown: one line of plain letters and digits. `invoice_id` is the
    invoice it is for, if that has one already.

    Raises BadInput for what is too long, nothing but signs, zero or below, or taken already.
    """
    number = fitting(line_of(typed), "number", LONGEST_NUMBER)
    if not is_plain(number) or not number_key(number)[:1].isalnum() or number_key(number) == "0":
        raise BadInput(
            _("This cannot be the number of an invoice"),
            field="number",
            cure=_("Write it in plain letters and digits, as 82 or А-82/2026"),
        )
    if twin := twin_of(entity, year, number, invoice_id):
        raise BadInput(
            _("Invoice %(number)s already exists this year") % {"number": twin},
            field="number",
            cure=_("Leave the number empty to take the next one"),
        )
    return number


def ordinal_of(number: str) -> int | None:
    """The number as it counts; None for one typed with letters, or longer than a year's count can
    be: 20260311 is a day, and the next invoice is not 20260312."""
    return _ordinal(number_key(number))


def _ordinal(key: str) -> int | None:
    counts = key.isascii() and key.isdigit() and len(key) <= LONGEST
    return int(key) if counts else None


def twin_of(entity: OwnEntity, year: int, number: str, invoice_id: int | None = None) -> str:
    """The number of the entity's year that a payer's words could not be told from this one: they
    are read as matching does (82, № 82, 00082 and 82; are one, and so are 82 and N82, which names
    both), with what clients' papers still say. Empty where there is none; an invoice is not its own
    twin. Two queries at most."""
    of_year = Invoice.objects.filter(own_entity=entity, year=year).exclude(pk=invoice_id)
    rows = of_year.exclude(number="")
    key = number_key(number)
    meant = named_by(number) | {key}
    papers = FormerNumber.objects.filter(invoice__in=of_year, key__in=meant)
    same = papers.values_list("number", flat=True).order_by()
    if ordinals := {ordinal for one in meant if (ordinal := _ordinal(one)) is not None}:
        counted = rows.filter(ordinal__in=ordinals).values_list("number", flat=True).order_by()
        same = counted.union(same, all=True)
    if twin := next(iter(same[:1]), ""):
        return twin
    digits = {max(DIGITS.findall(one), key=len, default="") for one in meant}
    alike = reduce(or_, (Q(number__contains=some) for some in sorted(digits)))
    others = rows.filter(alike, ordinal=None).values_list("number", flat=True)
    return next((one for one in others if number_key(one) in meant or key in named_by(one)), "")


def vat_of(entity: OwnEntity | None, day: date) -> int | None:
    """The rate in per cent an invoice of this day carries; None without VAT."""
    vat = own_vat_on(entity, day) if entity else OwnEntity.Vat.STANDARD
    if vat == OwnEntity.Vat.STANDARD:
        return standard_vat(day)
    return int(vat) if str(vat).isdigit() else None
