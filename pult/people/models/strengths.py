"""What a manager is good at, for choosing who suits a client."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy


class Strength(models.Model):
    """One strength of a manager: a category and nothing else. There is no kind, and no room, for
    health, family, views or character."""

    class Kind(models.TextChoices):
        BOLD = "bold", pgettext_lazy("strength", "Bold moves and quick tests")
        CREATIVE = "creative", pgettext_lazy("strength", "Ideas and creative work")
        ORDER = "order", pgettext_lazy("strength", "Order, papers and deadlines")
        FIGURES = "figures", pgettext_lazy("strength", "Figures and analytics")
        TALKS = "talks", pgettext_lazy("strength", "Hard talks")
        LARGE = "large", pgettext_lazy("strength", "Large clients")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="strengths"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)

    class Meta:
        ordering = ["user", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="a_strength_once_a_person")
        ]
