"""Who the agency works for: clients, those who pay, what is being run, and who looks after it."""

from pult.clients.models.aims import GOALS, Aim
from pult.clients.models.contracts import Contract, PaymentScheme
from pult.clients.models.custom import CustomField, CustomValue
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
from pult.clients.models.history import FieldChange
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
from pult.clients.models.matching import Demand, ReplacementAsk
from pult.clients.models.merges import Merge
from pult.clients.models.movein import ImportBatch, ImportMapping, ImportRow
from pult.clients.models.parties import (
    Assignment,
    Brand,
    Client,
    Contact,
    Group,
    KeptFor,
    Site,
    TrustedMark,
)
from pult.clients.models.plans import Plan, PlanStep
from pult.clients.models.profile import Block, Solvency, Trait
from pult.clients.models.status import StatusChange

__all__ = [
    "GOALS",
    "ORDINARY",
    "Aim",
    "Assignment",
    "BankAccount",
    "Block",
    "Brand",
    "BriefChange",
    "Client",
    "ClientWeight",
    "Contact",
    "Contract",
    "CustomField",
    "CustomValue",
    "Demand",
    "FieldChange",
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
    "KeptFor",
    "LegalEntity",
    "LineBudget",
    "LineFeed",
    "Merge",
    "OpeningBalance",
    "OutsideAccess",
    "OverLimit",
    "OwnAccount",
    "OwnEntity",
    "OwnVat",
    "PayerAlias",
    "PaymentScheme",
    "Plan",
    "PlanStep",
    "PlannedPause",
    "ReplacementAsk",
    "ServiceLine",
    "Site",
    "Solvency",
    "StatusChange",
    "Trait",
    "TrustedMark",
    "Wallet",
]
