"""Every address of the staff's face: one line a page, in alphabetical order."""

from django.urls import URLPattern, URLResolver, include, path

PAGES = [
    "before_break",
    "client",
    "client_obligations",
    "clients",
    "contacts",
    "disputes",
    "escalations",
    "import_bank",
    "imports",
    "my_day",
    "obligation",
    "settlement",
    "sign_in",
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"pult.web.pages.{page}.urls")) for page in PAGES
]
