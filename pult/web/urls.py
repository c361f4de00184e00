"""Every address of the staff's face: one line a page, in alphabetical order."""

from django.urls import URLPattern, URLResolver, include, path

PAGES = [
    "agency",
    "before_break",
    "calendar",
    "client",
    "client_card",
    "client_fields",
    "client_gaps",
    "client_obligations",
    "clients",
    "contacts",
    "day_close",
    "directory",
    "disputes",
    "escalations",
    "first_call",
    "handover",
    "handover_people",
    "handovers",
    "health",
    "hours",
    "import_bank",
    "import_clients",
    "import_spend",
    "imports",
    "invoice_requests",
    "load",
    "modes",
    "my_day",
    "negotiation",
    "obligation",
    "parameters",
    "payment_by_hand",
    "people",
    "profile",
    "regulation",
    "search",
    "settlement",
    "sign_in",
    "structure",
    "task",
    "task_new",
    "tasks",
    "waivers",
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"pult.web.pages.{page}.urls")) for page in PAGES
]
