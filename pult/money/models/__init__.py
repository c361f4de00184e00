"""Tables of the money domain. Every sum is an integer of kopecks, VAT included unless named net."""

from pult.money.models.bank import BankDocument, StatementFile
from pult.money.models.deals import Deal
from pult.money.models.forecast import LineForecast
from pult.money.models.invoices import FormerNumber, Invoice, InvoiceLine
from pult.money.models.payments import Allocation, Payment
from pult.money.models.spend import ColumnMapping, MoneyWait, SpendDay, SpendFile, TopUp

__all__ = [
    "Allocation",
    "BankDocument",
    "ColumnMapping",
    "Deal",
    "FormerNumber",
    "Invoice",
    "InvoiceLine",
    "LineForecast",
    "MoneyWait",
    "Payment",
    "SpendDay",
    "SpendFile",
    "StatementFile",
    "TopUp",
]
