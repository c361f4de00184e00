"""Fixtures for every test, wherever it stands."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

MOSCOW = ZoneInfo("Europe/Moscow")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, before any worker starts, so that no test reads stale words."""
    if not hasattr(config, "workerinput"):
        from pult.kernel.catalogues import compile_catalogues

        list(compile_catalogues())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first among the tests with real transactions, which come last of all."""
    real = next((n for n, item in enumerate(items) if _has_real_transactions(item)), len(items))
    items[real:] = sorted(items[real:], key=lambda item: "long" not in item.keywords)


def _has_real_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def kept_database(request: Any, django_db_modify_db_settings: None) -> tuple[Path, Path] | None:
    """Where SQLite's test database will stand and where a migrated one is kept for it; None on
    PostgreSQL, without pytest's cache or without migrations."""
    from django.db import connection

    from tests.kept import kept_in

    cache = getattr(request.config, "cache", None)
    if connection.vendor != "sqlite" or cache is None or request.config.getvalue("nomigrations"):
        return None
    return Path(connection.settings_dict["TEST"]["NAME"]), kept_in(cache.mkdir("migrated"))


@pytest.fixture(scope="session")
def django_db_keepdb(kept_database: tuple[Path, Path] | None, django_db_keepdb: bool) -> bool:
    """A copy of the kept database is taken as it is."""
    from tests.kept import lay

    return django_db_keepdb or (
        kept_database is not None and lay(kept_database[1], kept_database[0])
    )


@pytest.fixture
def laid(kept_database: tuple[Path, Path] | None) -> Callable[[Path], Path]:
    """`laid(home)`: the data folder, with the tables in it where a migrated database is kept; a
    command that needs them makes them otherwise."""
    from tests.kept import lay

    def lay_in(home: Path) -> Path:
        home.mkdir(exist_ok=True)
        if kept_database is not None:
            lay(kept_database[1], home / "pult.sqlite3")
        return home

    return lay_in


@pytest.fixture(autouse=True)
def as_wired() -> Iterator[None]:
    """What `pult.wiring` connected is connected again after a test that tried something else."""
    from pult.clients import providers as clients
    from pult.regulation import providers as regulation

    before = regulation.providers()
    lists = (clients._money_of, clients._money_having, clients._debts)
    money = [(kept, list(kept)) for kept in lists]
    yield
    regulation.provide(**vars(before))
    for kept, connected in money:
        kept[:] = connected


@pytest.fixture
def cast(db: None) -> Any:
    """The people of the agency: `cast.anna` … `cast.zakhar`."""
    from pult.people.tests.cast import assemble

    return assemble()


@pytest.fixture
def login(client: Any) -> Callable[..., Any]:
    """`login(cast.anna)` signs a person in and returns the test client."""

    def sign_in(person: Any) -> Any:
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def later(db: None) -> Callable[[], None]:
    """`later()`: seconds have passed, so the same form sent again is another sending."""
    from pult.kernel.models import SentForm

    return lambda: SentForm.objects.all().delete() and None


@pytest.fixture
def meanwhile(monkeypatch: Any) -> Callable[[Any, Callable[[], Any]], None]:
    """`meanwhile(module, act)`: somebody acts between the look of the module's next action and
    its lock, once."""

    def arrange(module: Any, act: Callable[[], Any]) -> None:
        real = module.acting

        def after_somebody(*roots: int) -> Any:
            monkeypatch.setattr(module, "acting", real)
            act()
            return real(*roots)

        monkeypatch.setattr(module, "acting", after_somebody)

    return arrange


@pytest.fixture
def freeze() -> Iterator[Callable[[str | datetime], datetime]]:
    """`freeze("2026-03-10 12:00")` stops the clock at that Moscow time until the test ends."""
    from pult.kernel import clock

    with ExitStack() as stack:

        def stop(at: str | datetime) -> datetime:
            moment = datetime.fromisoformat(at) if isinstance(at, str) else at
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=MOSCOW)
            return stack.enter_context(clock.frozen(moment))

        yield stop


@pytest.fixture(scope="session")
def django_db_setup(kept_database: tuple[Path, Path] | None, django_db_setup: None) -> None:
    """Keep the database just migrated, and let tests with real transactions empty SQLite's
    append-only tables between them.

    The product has no way around these triggers; only this wrapper takes them off and puts them
    back. PostgreSQL empties by TRUNCATE, which row triggers do not see.
    """
    from django.db import connection

    from tests.kept import keep

    if kept_database is not None:
        keep(*kept_database)
    if connection.vendor != "sqlite":
        return
    # On the class: a browser's event loop in this thread gives later tests another connection.
    kind = type(connection.ops)
    flush = kind.execute_sql_flush

    def flush_between_tests(ops: Any, statements: list[str]) -> None:
        with ops.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            flush(ops, statements)
            for _name, sql in triggers:
                cursor.execute(sql)

    kind.execute_sql_flush = flush_between_tests


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """With PULT_REQUIRE="browser postgres" a skipped test of such a marker is a failure of CI."""
    missing = _skipped_though_required(terminalreporter)
    if missing:
        terminalreporter.write_sep("=", "required tests were skipped", red=True)
        for name in missing:
            terminalreporter.write_line(name)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a skipped required test into a failing exit status."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and session.exitstatus == 0 and _skipped_though_required(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _skipped_though_required(reporter: Any) -> list[str]:
    required = set(os.environ.get("PULT_REQUIRE", "").split())
    skipped = reporter.stats.get("skipped", [])
    return [report.nodeid for report in skipped if required & set(report.keywords)]
