"""The form of an absence, which stands on one's own page and on a person's."""

from pult.people.actions import set_absence
from pult.people.models import Absence, User
from pult.people.queries import colleague
from pult.web.fields import Form, day_of, day_or_none, not_offered


def note_absence(form: Form, *, user: User, by: User) -> Absence:
    """Note what the form says of a person's absence; raises what `set_absence` raises."""
    chosen = str(form.get("substitute", ""))
    substitute = colleague(chosen)
    if chosen and substitute is None:
        raise not_offered("substitute")
    return set_absence(
        user=user,
        category=form.get("category", ""),
        since=day_of(form, "since"),
        until=day_or_none(form, "until"),
        substitute=substitute,
        by=by,
    )
