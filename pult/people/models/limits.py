"""How many clients an account manager may hold: dated, of one person or of everybody."""

from django.conf import settings
from django.db import models


class ClientLimit(models.Model):
    """A limit from `since` on; the newest one holds. Without `user` it is everybody's who has no
    limit of their own, without `clients` the person goes back to everybody's. Counted in clients
    of ordinary weight."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="client_limits",
    )
    clients = models.PositiveSmallIntegerField(null=True, blank=True)
    since = models.DateField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | models.Q(clients__isnull=False),
                name="limit_of_everybody_is_a_number",
            )
        ]
