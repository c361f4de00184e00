"""Each morning: projects and work of whoever has left the agency go to those who are here."""

from django.db.models import Exists, F, OuterRef, Q

from pult.kernel.facts import acting, record
from pult.kernel.jobs import job
from pult.kernel.models import Job
from pult.people.models import RoleGrant
from pult.people.queries import business_day, on_day
from pult.work.departing import free_gone
from pult.work.models import Project

FREED = "work.projects_freed"


def free_projects() -> int:
    """Open projects of people who left go back to the client's account manager (A1-07)."""
    works = Exists(RoleGrant.objects.filter(on_day(business_day()), user=OuterRef("manager")))
    gone = Q(manager__is_active=False) | ~works
    rows = Project.objects.filter(gone, ended_on=None).exclude(manager=None).order_by("pk")
    freed = 0
    for project in rows:
        with acting(project.client_id):
            mine = Project.objects.filter(pk=project.pk, version=project.version)
            if mine.update(manager=None, version=F("version") + 1):
                record(
                    "project.edited",
                    root_id=project.client_id,
                    refs={"client": project.client_id, "project": project.pk},
                    by=None,
                    payload={"fields": ["manager"]},
                )
                freed += 1
    return freed


@job(FREED)
def _freed(running: Job) -> int:
    return free_projects() + free_gone()
