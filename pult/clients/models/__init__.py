"""Who the agency works for: clients, those who pay, what is being run, and who looks after it."""

from pult.clients.models.contracts import Contract, PaymentScheme
from pult.clients.models.entities import (
    BankAccount,
    LegalEntity,
    OwnAccount,
    OwnEntity,
    OwnVat,
    PayerAlias,
)
from pult.clients.models.lines import (
    Flight,
    LineBudget,
    LineFeed,
    OpeningBalance,
    PlannedPause,
    ServiceLine,
    Wallet,
)
from pult.clients.models.load import ORDINARY, ClientWeight, OverLimit
from pult.clients.models.movein import ImportBatch, ImportMapping, ImportRow
from pult.clients.models.parties import (
    Assignment,
    Brand,
    Client,
    Contact,
    Group,
    Site,
    TrustedMark,
)

__all__ = [
    "ORDINARY",
    "Assignment",
    "BankAccount",
    "Brand",
    "Client",
    "ClientWeight",
    "Contact",
    "Contract",
    "Flight",
    "Group",
    "ImportBatch",
    "ImportMapping",
    "ImportRow",
    "LegalEntity",
    "LineBudget",
    "LineFeed",
    "OpeningBalance",
    "OverLimit",
    "OwnAccount",
    "OwnEntity",
    "OwnVat",
    "PayerAlias",
    "PaymentScheme",
    "PlannedPause",
    "ServiceLine",
    "Site",
    "TrustedMark",
    "Wallet",
]
