"""A client handed over: from sales to a manager, or from one manager to another.

What people wrote stands here and can be erased; facts carry ids, codes and days only.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.clients.models.parties import Client
from pult.kernel.models import StoredFile

User = settings.AUTH_USER_MODEL


class HandoverBatch(models.Model):
    """Clients of one manager given to others as one act: none of them moves before `posted_at`."""

    class Reason(models.TextChoices):
        LOAD = "load", pgettext_lazy("reason of a handover", "Work is shared out anew")
        POST = "post", pgettext_lazy("reason of a handover", "Another post")
        LEAVE = "leave", pgettext_lazy("reason of a handover", "A long absence")
        DISMISSAL = "dismissal", pgettext_lazy("reason of a handover", "Leaves the agency")
        URGENT = "urgent", pgettext_lazy("reason of a handover", "Cannot be reached")
        ASKED = "asked", pgettext_lazy("reason of a handover", "The client asked for another")

    giver = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason)
    is_urgent = models.BooleanField(default=False)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    grace_until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["giver", "posted_at"], name="handover_batch_of_giver")]


class Handover(models.Model):
    """One client changing hands. `receiver` is the account manager it goes to."""

    class Kind(models.TextChoices):
        SALES = "sales", pgettext_lazy("handover", "From sales")
        BETWEEN = "between", pgettext_lazy("handover", "Between managers")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("handover", "Being prepared")
        OFFERED = "offered", pgettext_lazy("handover", "Offered")
        RETURNED = "returned", pgettext_lazy("handover", "Returned")
        ACCEPTED = "accepted", pgettext_lazy("handover", "Accepted")
        CANCELLED = "cancelled", pgettext_lazy("handover", "Cancelled")

    client = models.ForeignKey(Client, models.CASCADE, related_name="handovers")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    giver = models.ForeignKey(User, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(User, models.PROTECT, related_name="+")
    batch = models.ForeignKey(
        HandoverBatch, models.CASCADE, null=True, blank=True, related_name="handovers"
    )
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    # The brief of a sale (2.8); company, date, card and contacts are read off the client.
    folder = models.CharField(_("address of the client's folder"), max_length=300, blank=True)
    sold = models.TextField(_("what was sold, with budgets"), blank=True)
    proposal = models.CharField(_("link to the final proposal"), max_length=300, blank=True)
    goals = models.TextField(_("goals and tasks of the client"), blank=True)
    wishes = models.TextField(_("wishes and peculiarities"), blank=True)
    # A part of the money is enough: the head's word, with a reason (A09).
    part_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    part_at = models.DateTimeField(null=True, blank=True)
    part_reason = models.TextField(blank=True)
    # Whoever sold checks that the manager understood.
    understood_at = models.DateTimeField(null=True, blank=True)
    understood_note = models.TextField(blank=True)
    giver_signed_at = models.DateTimeField(null=True, blank=True)
    giver_signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    receiver_signed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["receiver", "state"], name="handover_of_receiver"),
            models.Index(fields=["giver", "state"], name="handover_of_giver"),
            models.Index(fields=["state", "started_at"], name="handover_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(state__in=["draft", "offered", "returned"]),
                name="one_open_handover_a_client",
            ),
        ]


OPEN = (Handover.State.DRAFT, Handover.State.OFFERED, Handover.State.RETURNED)
PREPARED = (Handover.State.DRAFT, Handover.State.RETURNED)


class BriefChange(models.Model):
    """An old value of the brief, kept: who changed it, to what, in which version."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    field = models.CharField(max_length=16)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]


class HandoverPaper(models.Model):
    """A document handed over, or the word that there is none of its kind."""

    class Kind(models.TextChoices):
        CONTRACT = "contract", pgettext_lazy("paper", "Signed contract")
        APPENDIX = "appendix", pgettext_lazy("paper", "Appendices")
        ADDENDUM = "addendum", pgettext_lazy("paper", "Additional agreements")
        INVOICE = "invoice", pgettext_lazy("paper", "Invoice")
        PROPOSAL = "proposal", pgettext_lazy("paper", "Agreed proposal")
        PLAN = "plan", pgettext_lazy("paper", "Media plan")
        STRATEGY = "strategy", pgettext_lazy("paper", "Strategy")

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=8, choices=Kind)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["handover", "kind"], name="handover_paper_kind")]


class HandoverStudy(models.Model):
    """«Studied», said of the brief (no paper) or of one file: another file asks again."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="studies")
    paper = models.ForeignKey(
        HandoverPaper, models.CASCADE, null=True, blank=True, related_name="studies"
    )
    brief_version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class HandoverPoint(models.Model):
    """A point somebody raised: something missing, disputed, or a question; then its answer."""

    class Kind(models.TextChoices):
        MISSING = "missing", pgettext_lazy("point of a handover", "Missing")
        DISPUTED = "disputed", pgettext_lazy("point of a handover", "Disputed")
        QUESTION = "question", pgettext_lazy("point of a handover", "Question")

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="points")
    kind = models.CharField(max_length=8, choices=Kind)
    # What it is about: a field of the brief, a kind of paper, an item of a handover.
    about = models.CharField(max_length=16, blank=True)
    clause = models.CharField(max_length=16, blank=True)
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    # It sent the handover back: that is counted by clause.
    bounced = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]


class HandoverItem(models.Model):
    """What one manager tells the next about one of the items of 2.1, and that it was taken."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="items")
    code = models.CharField(max_length=16)
    text = models.TextField(blank=True)
    is_none = models.BooleanField(default=False)
    # What Pult itself knew when the client moved.
    known = models.TextField(blank=True)
    filled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    filled_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "code"], name="item_once_a_handover"),
        ]


class OutsideAccess(models.Model):
    """An account outside Pult that a person holds: that it is there, never its password."""

    class Level(models.TextChoices):
        VIEW = "view", pgettext_lazy("access", "Looks")
        EDIT = "edit", pgettext_lazy("access", "Changes")
        OWNER = "owner", pgettext_lazy("access", "Owns")

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="outside_accesses"
    )
    name = models.CharField(_("where"), max_length=200)
    level = models.CharField(max_length=8, choices=Level, default=Level.EDIT)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    since = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["user", "closed_at"], name="outside_access_of_user")]
