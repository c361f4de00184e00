"""What a person has not read in their tasks."""

from datetime import datetime

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pult.people.models import User
from pult.work.models import Auditor, Comment, Seen, Task


def own_open(user: User) -> QuerySet[Task]:
    """Open tasks the person set, does or watches."""
    watched = Auditor.objects.filter(user=user).values("task")
    return Task.objects.filter(
        Q(author=user) | Q(assignee=user) | Q(pk__in=watched), closed_at=None
    )


def unread_by(user: User, until: datetime | None = None) -> Coalesce:
    """How many comments of the outer task others said since the person last read it, up to a
    moment when one is given."""
    read = Seen.objects.filter(user=user, task=OuterRef("task")).values("last")
    said = Comment.objects.filter(task=OuterRef("pk"), erased_at=None).exclude(by=user)
    if until is not None:
        said = said.filter(at__lte=until)
    new = said.annotate(read=Coalesce(Subquery(read), 0)).filter(pk__gt=F("read"))
    counted = new.order_by().values("task").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
