"""Which handovers a person sees: those they give or take, and heads all of them.

Whoever sold a client sees the handover after the client itself is no longer theirs.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pult.clients.access import absent_of, clients_of, roles_of
from pult.clients.models import Handover
from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.roles import Role

if TYPE_CHECKING:
    from pult.people.models import User

LEADERS = frozenset({Role.HEAD.value, Role.DIRECTOR.value})
TAKES_PART = frozenset({Role.AM.value, Role.SALES.value}) | LEADERS


def handovers_of(user: "User") -> QuerySet[Handover]:
    """Handovers a person sees, those of clients stood in for among them."""
    roles = roles_of(user)
    rows = Handover.objects.all()
    if roles & LEADERS:
        return rows
    if not roles & TAKES_PART:
        return rows.none()
    mine = Q(giver=user) | Q(receiver=user)
    if Role.AM in roles:
        mine |= Q(client__in=clients_of(user).values("pk"))
    return rows.filter(mine)


def handover_for(user: "User", handover_id: int) -> Handover:
    """The handover with its client and people, if this person sees it; raises NotVisible."""
    row = None
    if handover_id < 2**63:
        rows = Handover.objects.select_related(
            "client", "giver", "receiver", "batch", "part_by", "giver_signed_by"
        )
        row = rows.filter(pk=handover_id).first()
    if row is None or not _sees(user, row):
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return row


def sale_for(user: "User", handover_id: int) -> Handover:
    """The same of a handover from sales; Refusal for one between managers."""
    return _of_kind(handover_for(user, handover_id), Handover.Kind.SALES)


def between_for(user: "User", handover_id: int) -> Handover:
    """The same of a handover between managers; Refusal for one from sales."""
    return _of_kind(handover_for(user, handover_id), Handover.Kind.BETWEEN)


def _of_kind(row: Handover, kind: str) -> Handover:
    if row.kind != kind:
        raise Refusal(
            _("This is done in a handover of another kind: “%(kind)s”")
            % {"kind": Handover.Kind(kind).label},
            cure=_("Open it again to see what can be done now"),
            subject=row.client,
        )
    return row


def _sees(user: "User", row: Handover) -> bool:
    """What `handovers_of` says of one, without a query for those who take part in it."""
    roles = roles_of(user)
    if roles & LEADERS:
        return True
    if roles & TAKES_PART and user.pk in (row.giver_id, row.receiver_id):
        return True
    return Role.AM in roles and clients_of(user).filter(pk=row.client_id).exists()


def follows(user: "User", people: Collection[int]) -> bool:
    """What `handovers_of` says of a handover whose client the person sees: `people` take part."""
    roles = roles_of(user)
    return bool(roles & (LEADERS | {Role.AM}) or (roles & TAKES_PART and user.pk in people))


def gives(user: "User", row: Handover) -> bool:
    """Whether the person answers for what is given: the giver, and heads in their place.

    Between managers it takes two people: who receives never gives, even as a stand-in.
    """
    if row.kind == Handover.Kind.BETWEEN and user.pk == row.receiver_id:
        return False
    return row.giver_id == user.pk or bool(roles_of(user) & LEADERS)


def takes(user: "User", row: Handover) -> bool:
    """Whether the person takes the client: the receiver, their stand-in, and heads; between
    managers never the giver."""
    if row.kind == Handover.Kind.BETWEEN and user.pk == row.giver_id:
        return False
    if row.receiver_id == user.pk or roles_of(user) & LEADERS:
        return True
    return row.receiver_id in absent_of(user)


def side(user: "User", row: Handover, *, giving: bool) -> str:
    """The role the person acts in on this side; Refusal for somebody who only looks."""
    ours = gives(user, row) if giving else takes(user, row)
    roles = roles_of(user)
    first = Role.SALES if giving and row.kind == Handover.Kind.SALES else Role.AM
    who = row.giver if giving else row.receiver
    if ours:
        for role in (first, *sorted(LEADERS, reverse=True), Role.AM, Role.SALES):
            if role in roles:
                return str(role)
    raise Refusal(_("This is for another person of the handover"), who=str(who), subject=row.client)
