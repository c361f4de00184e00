"""Whose the campaigns of a file are, before it is taken in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pult.clients.access import lines_of
from pult.clients.queries.payers import feed_index
from pult.money.logic.campaigns import lines_of_campaigns

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class FileCampaign:
    """A campaign of a file: `cost` in kopecks as the file writes it."""

    login: str
    campaign_id: str
    name: str
    cost: int


@dataclass(frozen=True)
class WhoseCampaigns:
    """Campaigns of a file by whose they are, the costliest first: of lines this person sees, of
    clients they do not see, of nobody."""

    mine: tuple[FileCampaign, ...] = ()
    others: tuple[FileCampaign, ...] = ()
    nobodys: tuple[FileCampaign, ...] = ()


def whose_campaigns(
    user: "User", source: str, found: Mapping[tuple[str, str], FileCampaign]
) -> WhoseCampaigns:
    """The campaigns of a file of `source`, by login and number. Two queries."""
    line_of = lines_of_campaigns(found, feed_index(source))
    wanted = {line for line in line_of.values() if line}
    seen = set(lines_of(user).filter(pk__in=wanted).values_list("pk", flat=True))
    parts: dict[str, list[FileCampaign]] = {"mine": [], "others": [], "nobodys": []}
    for named, campaign in sorted(found.items(), key=lambda item: (-item[1].cost, item[0])):
        line = line_of[named]
        parts["nobodys" if line is None else "mine" if line in seen else "others"].append(campaign)
    return WhoseCampaigns(**{name: tuple(rows) for name, rows in parts.items()})
