"""How clients were reminded of payments."""

from pult.kernel.models import Fact

BY_DEFAULT = "mail"  # a reminder is a letter until somebody does it otherwise


def reminding_channel(client_id: int) -> str:
    """The channel of the last reminder this client got, a letter when there was none. One query."""
    facts = Fact.objects.filter(root_id=client_id, kind="pay.reminded", voided_by=None)
    last = facts.order_by("-valid_at", "-pk").values_list("payload", flat=True).first()
    return (last or {}).get("channel") or BY_DEFAULT
