"""Whose a campaign is already: rows of a file may not take what feeds somebody else's line."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """A campaign, or with an empty `campaign` a whole login, that feeds a line of `client`: the
    id of a known one, the key of one the file makes."""

    source: str
    login: str
    campaign: str
    client: int | str
    name: str = ""

    def clashes(self, other: "Claim") -> bool:
        """Whether both would count the same spend, as `actions.link_feed` has it.

        Without a login a campaign is that of any login, without a campaign a login is all of it;
        a platform gives a number once. One client's lines may divide a login.
        """
        if self.source != other.source:
            return False
        if (self.login, self.campaign) == (other.login, other.campaign):
            return True
        is_any_login = not (self.login and other.login)
        if self.campaign and self.campaign == other.campaign and is_any_login:
            return self.campaign.isdecimal() or self.client != other.client
        is_whole = not (self.campaign and other.campaign)
        return is_whole and bool(self.login == other.login != "") and self.client != other.client


class Claims:
    """What is claimed so far; grows with the plan, so the first of two clients of a file has it."""

    def __init__(self, known: Iterable[Claim]) -> None:
        self._by_login: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        self._by_campaign: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in known:
            self.add(claim)

    def add(self, claim: Claim) -> None:
        self._by_login[claim.source, claim.login].append(claim)
        self._by_campaign[claim.source, claim.campaign].append(claim)

    def against(self, claim: Claim) -> Claim | None:
        """What stands in the way of a claim, another client's first."""
        near = self._by_campaign.get((claim.source, claim.campaign), []) if claim.campaign else []
        near = near + self._by_login.get((claim.source, claim.login), [])
        found = [other for other in near if claim.clashes(other)]
        return max(found, key=lambda other: other.client != claim.client, default=None)
