"""What the staff's face remembers for people: views of lists they saved."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A list as somebody likes it: its filters, order and search are the query of its address.

    It is one person's own, or shared with everybody in a role. Of an own one with `alert` its
    owner is told what is new in it: `fresh` counts the rows that came after they last looked, when
    there were those of `known` ids.
    """

    page = models.CharField(max_length=32)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=500, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="views"
    )
    role = models.CharField(max_length=24, blank=True)
    pinned = models.BooleanField(default=False)
    alert = models.BooleanField(default=False)
    known = models.JSONField(default=list, blank=True)
    fresh = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["page", "user"], name="view_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "user", "name"],
                condition=Q(user__isnull=False),
                name="view_name_once_a_person",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, role="") | (Q(user=None) & ~Q(role="")),
                name="view_is_own_or_shared",
            ),
            models.CheckConstraint(
                condition=Q(alert=False) | Q(user__isnull=False), name="view_alerts_its_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.name
