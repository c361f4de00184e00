"""Which database: read from an address, with the choices each engine needs."""

from typing import Any
from urllib.parse import unquote, urlsplit

# A fresh connection reads the schema and its first pages anew: a fifth of what a page costs.
KEPT_SECONDS = 60
PLANNED_AFTER = 3  # times a statement is asked before the server keeps its plan
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON;PRAGMA cache_size=-16000;PRAGMA temp_store=MEMORY;"
        # The worker empties the log; a person's save does it only where no worker runs (32 MB).
        "PRAGMA wal_autocheckpoint=8000;"
    ),
}


def database_from_url(url: str) -> dict[str, Any]:
    """`sqlite:///PATH` or `postgresql://user:password@host:port/name` as Django wants it.

    Raises ValueError for any other scheme.
    """
    if url.startswith("sqlite:///"):
        return {
            "ENGINE": "pult.kernel.sqlite",
            "NAME": url.removeprefix("sqlite:///"),
            "OPTIONS": dict(SQLITE_OPTIONS),
            "CONN_MAX_AGE": KEPT_SECONDS,
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError(
            f"PULT_DATABASE_URL: unknown scheme «{parts.scheme}»; "
            "use sqlite:///PATH or postgresql://user:password@host:port/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        # What is asked again and again is planned once: an act asks a dozen statements.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": PLANNED_AFTER},
    }
