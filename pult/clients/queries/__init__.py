"""What pages read of this domain: frozen values, never rows."""

from pult.clients.queries.agency import (
    AgencyItem,
    OwnAccountItem,
    OwnEntityItem,
    agency,
    own_account_of,
    own_entity_of,
    own_vat_on,
)
from pult.clients.queries.aims import AimItem, client_aims, client_goals
from pult.clients.queries.batches import BatchItem, BatchRow, import_batch, import_batches
from pult.clients.queries.card import (
    client_card,
    client_header,
    client_lines,
    client_people,
    client_places,
    client_requisites,
)
from pult.clients.queries.directory import (
    ClientFilters,
    client_called,
    client_list,
    client_names,
    client_pages,
)
from pult.clients.queries.flights import FlightItem, line_flights
from pult.clients.queries.found import found_by
from pult.clients.queries.glance import rests_under_header
from pult.clients.queries.payers import (
    PayerIndex,
    feed_index,
    open_rouble_accounts,
    own_accounts,
    own_entities,
    payer_index,
    same_payer,
)
from pult.clients.queries.profile import Profile, client_profile, current_plans
from pult.clients.queries.schemes import scheme_on, schemes_of, schemes_of_lines

__all__ = [
    "AgencyItem",
    "AimItem",
    "BatchItem",
    "BatchRow",
    "ClientFilters",
    "FlightItem",
    "OwnAccountItem",
    "OwnEntityItem",
    "PayerIndex",
    "Profile",
    "agency",
    "client_aims",
    "client_called",
    "client_card",
    "client_goals",
    "client_header",
    "client_lines",
    "client_list",
    "client_names",
    "client_pages",
    "client_people",
    "client_places",
    "client_profile",
    "client_requisites",
    "current_plans",
    "feed_index",
    "found_by",
    "import_batch",
    "import_batches",
    "line_flights",
    "open_rouble_accounts",
    "own_account_of",
    "own_accounts",
    "own_entities",
    "own_entity_of",
    "own_vat_on",
    "payer_index",
    "rests_under_header",
    "same_payer",
    "scheme_on",
    "schemes_of",
    "schemes_of_lines",
]
