"""What managers are good at, as the head noted it."""

from pult.people.models import Strength, User


def strengths_of(user: User) -> frozenset[str]:
    """Codes of a person's strengths; one query."""
    return frozenset(user.strengths.values_list("kind", flat=True))


def strengths_by_person() -> dict[int, tuple[str, ...]]:
    """Person → codes of their strengths, in the order of the list; one query."""
    found: dict[int, set[str]] = {}
    for user_id, kind in Strength.objects.values_list("user", "kind"):
        found.setdefault(user_id, set()).add(kind)
    order = Strength.Kind.values
    return {pk: tuple(code for code in order if code in kinds) for pk, kinds in found.items()}
