"""The rows a client's card is made of, by ready SQL with the names they point to: every tab asks
for them, and building these queries took several times as long as answering them."""

from collections.abc import Iterable

from pult.clients.models import Contact, LineFeed, PlannedPause, ServiceLine, TrustedMark

PAUSES = """
    SELECT * FROM clients_plannedpause WHERE client_id = %s AND cancelled_at IS NULL
    ORDER BY first_day, id
"""
TRUST = """
    SELECT mark.*, person.full_name AS by_name FROM clients_trustedmark AS mark
    JOIN people_user AS person ON person.id = mark.by_id
    WHERE mark.client_id = %s AND mark.ended_on IS NULL ORDER BY mark.id LIMIT 1
"""
CONTACTS = """
    SELECT contact.*, brand.name AS brand_name FROM clients_contact AS contact
    LEFT JOIN clients_brand AS brand ON brand.id = contact.brand_id
    WHERE contact.client_id = %s
    ORDER BY contact."left", contact.decides DESC, contact.name
"""
KNOWN_CONTACTS = """
    SELECT contact.*, brand.name AS brand_name, trait.id AS trait_id, trait.kind AS trait_kind,
        trait.text AS trait_text FROM clients_contact AS contact
    LEFT JOIN clients_brand AS brand ON brand.id = contact.brand_id
    LEFT JOIN clients_trait AS trait ON trait.contact_id = contact.id
    WHERE contact.client_id = %s
    ORDER BY contact."left", contact.decides DESC, contact.name, contact.id, trait.id
"""
LINES = """
    SELECT line.*, brand.name AS brand_name, site.host AS site_host,
        contract.number AS contract_number, wallet.login AS wallet_login
    FROM clients_serviceline AS line
    LEFT JOIN clients_brand AS brand ON brand.id = line.brand_id
    LEFT JOIN clients_site AS site ON site.id = line.site_id
    LEFT JOIN clients_contract AS contract ON contract.id = line.contract_id
    LEFT JOIN clients_wallet AS wallet ON wallet.id = line.wallet_id
    WHERE line.client_id = %s ORDER BY line.name, line.id
"""
FEEDS = """
    SELECT feed.* FROM clients_linefeed AS feed
    JOIN clients_serviceline AS line ON line.id = feed.line_id WHERE line.client_id = %s
    ORDER BY feed.id
"""


def pauses_of(client_id: int) -> list[PlannedPause]:
    """Every pause that was not taken back, the client's own and those of its lines."""
    return list(PlannedPause.objects.raw(PAUSES, [client_id]))


def trust_of(client_id: int) -> TrustedMark | None:
    """The mark in force, with the name of who gave it as `by_name`."""
    return next(iter(TrustedMark.objects.raw(TRUST, [client_id])), None)


def contacts_of(client_id: int) -> Iterable[Contact]:
    """Those who decide first, those who left last, with `brand_name`."""
    return Contact.objects.raw(CONTACTS, [client_id])


def known_contacts_of(client_id: int) -> Iterable[Contact]:
    """The same, a row for each of their `trait_id`, `trait_kind` and `trait_text`."""
    return Contact.objects.raw(KNOWN_CONTACTS, [client_id])


def lines_of(client_id: int) -> list[ServiceLine]:
    """By name, with `brand_name`, `site_host`, `contract_number` and `wallet_login`."""
    return list(ServiceLine.objects.raw(LINES, [client_id]))


def feeds_of(client_id: int) -> dict[int, list[LineFeed]]:
    """Line → where its spend comes from."""
    found: dict[int, list[LineFeed]] = {}
    for feed in LineFeed.objects.raw(FEEDS, [client_id]):
        found.setdefault(feed.line_id, []).append(feed)
    return found
