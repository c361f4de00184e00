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
from pult.clients.models.first_call import FirstCall
from pult.clients.models.handover import (
    BriefChange,
    Handover,
    HandoverBatch,
    HandoverItem,
    HandoverPaper,
    HandoverPoint,
    HandoverStudy,
    OutsideAccess,
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
    "BriefChange",
    "Client",
    "ClientWeight",
    "Contact",
    "Contract",
    "FirstCall",
    "Flight",
    "Group",
    "Handover",
    "HandoverBatch",
    "HandoverItem",
    "HandoverPaper",
    "HandoverPoint",
    "HandoverStudy",
    "ImportBatch",
    "ImportMapping",
    "ImportRow",
    "LegalEntity",
    "LineBudget",
    "LineFeed",
    "OpeningBalance",
    "OutsideAccess",
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
