"""A dropped bank statement: looked at, its columns confirmed, posted; and statements posted."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.money.queries import cut_off
from pult.ui.render import render_page
from pult.web import drops
from pult.web.answers import attempt, see_other, status_of
from pult.web.pages.import_bank import page as pages
from pult.web.pages.import_bank.posting import go_on_with, post_statement

READERS = (Role.ACCOUNTANT, Role.HEAD, Role.DIRECTOR)


@access(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, sha256: str) -> HttpResponse:
    drop = drops.dropped(request, sha256)
    if request.method == "POST":
        return post_statement(request, drop)
    page = pages.preview_page(drop)
    status = status_of(page.problem) if page.columns is None else 200
    return render_page(request, "import_bank/preview.html", page, status=status)


@access(Role.ACCOUNTANT)
@require_POST
def columns(request: HttpRequest, sha256: str) -> HttpResponse:
    drop = drops.dropped(request, sha256)
    account = "".join(request.POST.get("our_account", "").split())[:34]
    drops.say(request, sha256, account=account or None)
    problem = attempt(lambda: pages.confirm_columns(request.user, drop, request.POST))
    if problem is None:
        return see_other(reverse("import_bank", args=[sha256]))
    page = pages.preview_page(drop, problem)
    return render_page(request, "import_bank/preview.html", page, status=422)


@access(Role.ACCOUNTANT)
@require_POST
def go_on(request: HttpRequest, file_id: int) -> HttpResponse:
    return go_on_with(request, cut_off(file_id))


@access(*READERS)
@require_safe
def statement(request: HttpRequest, file_id: int) -> HttpResponse:
    page = pages.statement_page(request.user, file_id)
    return render_page(request, "import_bank/statement.html", page)
