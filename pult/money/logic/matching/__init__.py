"""Which invoice an incoming payment pays, and how sure that is."""

from pult.money.logic.matching.index import InvoiceIndex, OpenInvoice
from pult.money.logic.matching.match import Match, match
from pult.money.logic.matching.purpose import Purpose, number_key, parse_purpose

__all__ = [
    "InvoiceIndex",
    "Match",
    "OpenInvoice",
    "Purpose",
    "match",
    "number_key",
    "parse_purpose",
]
