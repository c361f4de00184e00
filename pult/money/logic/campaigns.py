"""Rows of a spend export as the table keeps them: campaign after campaign, a sum a day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any, Protocol

from pult.kernel.money import standard_vat, without_vat


class SpendItem(Protocol):
    """One row of a spend export; `cost_kopecks` as the file gives it."""

    day: date
    login: str
    campaign_id: str
    campaign_name: str
    impressions: int
    clicks: int
    cost_kopecks: int
    conversions: int | None


@dataclass(slots=True)
class Campaign:
    """A campaign of the file: day → [cost, shows, clicks, conversions]. Under `other_keys` other
    reports may have brought the same campaign; none when it may be another's."""

    key: str
    line: int | None
    name: str
    days: dict[date, list[Any]]
    other_keys: set[str] = field(default_factory=set)

    def cost(self) -> int:
        """Kopecks of all its days, net of VAT."""
        return sum(day[0] for day in self.days.values())


def merge(
    rows: Iterable[SpendItem], feeds: dict[tuple[str, str], int], vat_included: bool
) -> list[Campaign]:
    """Rows of one campaign and day added up, campaign after campaign as the table is ordered.

    A campaign whose number is tied once is one campaign whichever login a report names: its days
    are kept under one key, so that reports with and without logins replace each other's.
    """
    ties = _Ties(feeds)
    found: dict[tuple[str, str], Campaign] = {}
    by_key: dict[str, Campaign] = {}
    nets: dict[date, Callable[[int], int]] = {}
    for row in rows:
        named = (row.login, row.campaign_id)
        campaign = found.get(named)
        if campaign is None:
            made = ties.campaign(row.login, row.campaign_id, row.campaign_name)
            # A key cut to its length may stand for two names: their days are added up too.
            campaign = found[named] = by_key.setdefault(made.key, made)
            campaign.other_keys |= made.other_keys
        day, cost = row.day, row.cost_kopecks
        if vat_included:
            if (net := nets.get(day)) is None:
                net = nets[day] = _net_of(standard_vat(day))
            cost = net(cost)
        known = campaign.days.get(day)
        if known is None:
            campaign.days[day] = [cost, row.impressions, row.clicks, row.conversions]
            continue
        known[0] += cost
        known[1] += row.impressions
        known[2] += row.clicks
        if row.conversions is not None:
            known[3] = (known[3] or 0) + row.conversions
    return [campaign for _key, campaign in sorted(by_key.items())]


@cache
def _net_of(rate: int) -> Callable[[int], int]:
    """Sums of a campaign repeat from day to day."""
    return lru_cache(10_000)(lambda cost: without_vat(cost, rate))


def lines_of_campaigns(
    names: Iterable[tuple[str, str]], feeds: Mapping[tuple[str, str], int]
) -> dict[tuple[str, str], int | None]:
    """(login, campaign id) of a file → the line its spend goes to when the file is taken in."""
    ties = _Ties(feeds)
    return {named: ties.campaign(*named, "").line for named in names}


class _Ties:
    """What feeds which line: (login, campaign) → line, a whole login with an empty campaign."""

    def __init__(self, feeds: Mapping[tuple[str, str], int]) -> None:
        self.feeds = feeds
        self.numbered = _logins(feeds)
        self.whole: dict[int, list[str]] = {}
        for (login, campaign_id), line in feeds.items():
            if not campaign_id:
                self.whole.setdefault(line, []).append(login)

    def campaign(self, login: str, campaign_id: str, name: str) -> Campaign:
        """A campaign of the file, without its days."""
        feeds, kept = self.feeds, self._kept(login, campaign_id)
        line = feeds.get((kept, campaign_id)) or feeds.get(("", campaign_id))
        line = line or feeds.get((login, ""))
        key = campaign_key(kept, campaign_id)
        other_keys = set()
        if line and campaign_id.isdecimal():
            logins = ["", login, *(() if kept else self.whole.get(line, ()))]
            other_keys = {campaign_key(one, campaign_id) for one in logins} - {key}
        return Campaign(key, line, name[:255], {}, other_keys)

    def _kept(self, login: str, campaign_id: str) -> str:
        """The login under which the days of a campaign are kept, "" for none."""
        of_any_login = campaign_id.isdecimal() and ("", campaign_id) in self.feeds
        if login and not (of_any_login and (login, campaign_id) not in self.feeds):
            return login
        return self.numbered.get(campaign_id, "")


def _logins(feeds: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """Campaign number → its login, for numbers tied once; tied without a login too, the line must
    be the same. Only a number is one campaign: a name may stand under any login."""
    found: dict[str, set[str]] = {}
    for login, campaign_id in feeds:
        if login and campaign_id.isdecimal():
            found.setdefault(campaign_id, set()).add(login)
    return {
        campaign_id: login
        for campaign_id, (login, *more) in found.items()
        if not more
        and feeds.get(("", campaign_id), feeds[login, campaign_id]) == feeds[login, campaign_id]
    }


def other_names(campaign: str, line: int, feeds: Mapping[tuple[str, str], int]) -> set[str]:
    """The other keys under which a line may hold the days of a campaign kept as `campaign`."""
    login, _slash, campaign_id = campaign.rpartition("/")
    return _Ties({**feeds, (login, campaign_id): line}).campaign(login, campaign_id, "").other_keys


def line_of(login: str, campaign_id: str, feeds: dict[tuple[str, str], int]) -> int | None:
    """The line a campaign feeds: by both its names, by its number alone, by its login."""
    return feeds.get((login, campaign_id)) or feeds.get(("", campaign_id)) or feeds.get((login, ""))


def campaign_key(login: str, campaign_id: str) -> str:
    """How a campaign is named in `SpendDay.campaign`."""
    return f"{login}/{campaign_id}"[:80] if login else campaign_id[:80]
