"""Taking an export in: a short one in the request, a long one by the worker; tying campaigns."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.integrations.intake import open_spend_file, take_spend
from pult.integrations.intake.jobs import SPEND
from pult.kernel import jobs, repeats
from pult.kernel.errors import BadInput
from pult.money.actions.spend import tie_campaign
from pult.web.answers import done, see_other
from pult.web.drops import Drop
from pult.web.fields import id_in, one_of
from pult.web.pages.import_spend.words import PLATFORMS

if TYPE_CHECKING:
    from pult.people.models import User

# About twenty thousand rows of a report.
LONG = 1_500_000


def take(request: HttpRequest, drop: Drop) -> HttpResponse:
    """Import the export with the platform and the VAT the form names.

    Raises BadInput for what was not offered, and when the file is silent about VAT and nobody
    chose.
    """
    vat = one_of(request.POST, "vat", ("", "with", "without"))
    platform = one_of(request.POST, "platform", ("", *dict(PLATFORMS)))
    file = open_spend_file(drop.data, drop.name, platform=platform)
    if file.report.with_vat is None and not vat:
        raise BadInput(
            _("Say whether VAT is inside the costs"),
            field="vat",
            cure=_("The settings of the report on the platform say it"),
        )
    if drop.size > LONG:
        job = jobs.enqueue(
            SPEND,
            key=f"{SPEND}:{drop.sha256}",
            asked_by=request.user,
            sha256=drop.sha256,
            file_name=drop.name,
            by=request.user.pk,
            platform=file.platform,
            with_vat=vat == "with",
        )
        return see_other(reverse("import_job", args=[job.pk]))
    repeats.claim_now()
    result = take_spend(file, by=request.user, with_vat=vat == "with")
    words = ngettext("%(n)s row taken in.", "%(n)s rows taken in.", result.rows)
    to = reverse("campaigns") if result.unknown else reverse("imports")
    return done(request, words % {"n": result.rows}, to=to)


def tie(user: "User", given: Mapping[str, Any]) -> None:
    """Tie the campaign of the form to the line of the form."""
    line_id = id_in(given, "line")
    if line_id is None:
        raise BadInput(_("Choose the service line the campaign works for"), field="line")
    tie_campaign(
        by=user,
        source=str(given.get("source", "")),
        campaign=str(given.get("campaign", "")),
        line_id=line_id,
    )
