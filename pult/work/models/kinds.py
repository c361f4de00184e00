"""Kinds of work, by which М4 tells what an account manager does not do."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a task asks to be made; М4.1–М4.8 each forbid one of them to an account manager."""

    WEB = "web", pgettext_lazy("kind of work", "Sites")
    CONTEXT = "context", pgettext_lazy("kind of work", "Advertising")
    SEO = "seo", pgettext_lazy("kind of work", "Search promotion")
    DESIGN = "design", pgettext_lazy("kind of work", "Design and banners")
    REPORT = "report", pgettext_lazy("kind of work", "Reports")
    COUNTER = "counter", pgettext_lazy("kind of work", "Counters and e-commerce")
    AUDIT = "audit", pgettext_lazy("kind of work", "Audits and analytics")
    SMM = "smm", pgettext_lazy("kind of work", "Social networks")
    DOCUMENTS = "documents", pgettext_lazy("kind of work", "Documents")
    OTHER = "other", pgettext_lazy("kind of work", "Other work")
