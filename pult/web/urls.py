"""Every address of the staff's face: one line a page, in alphabetical order."""

from django.urls import URLPattern, URLResolver, include, path

PAGES = [
    "client",
    "client_obligations",
    "clients",
    "contacts",
    "my_day",
    "obligation",
    "sign_in",
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"pult.web.pages.{page}.urls")) for page in PAGES
]
