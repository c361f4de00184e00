"""What the money domain's subjects are called, for the regulation."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from pult.kernel.models import Fact
from pult.money.models import Invoice
from pult.ui.formats import short_day


def names(subjects: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Labels of the invoices and of the sources of spend among `subjects`."""
    return _invoices(subjects) | _feeds(subjects)


def _feeds(subjects: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    wanted = {pk for kind, pk in subjects if kind == "feed"}
    if not wanted:
        return {}
    facts = Fact.objects.filter(root_id=0, kind="feed.broken")
    told = {fact.refs["feed"]: fact.payload["feed"] for fact in facts}
    return {("feed", pk): told[pk] for pk in wanted if pk in told}


def _invoices(subjects: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    wanted = [pk for kind, pk in subjects if kind == "invoice"]
    if not wanted:
        return {}
    rows = Invoice.objects.filter(pk__in=wanted).values_list("pk", "number", "issued_on")
    return {("invoice", pk): _title(number, issued_on) for pk, number, issued_on in rows}


def _title(number: str, issued_on) -> str:
    if not number:
        return _("requested invoice")
    return _("invoice %(number)s of %(day)s") % {"number": number, "day": short_day(issued_on)}
