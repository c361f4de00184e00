import sqlite3
from contextlib import closing

from tests import kept


def test_a_migrated_database_is_kept_once_and_laid_for_the_next_run(tmp_path):
    made, place, laid = tmp_path / "made", tmp_path / "kept" / "one.sqlite3", tmp_path / "laid"
    place.parent.mkdir()
    (place.parent / "of-other-sources.sqlite3").touch()
    with closing(sqlite3.connect(made)) as base, base:
        base.execute("CREATE TABLE client (name)")
    assert not kept.lay(place, laid)
    kept.keep(made, place)
    assert [path.name for path in place.parent.iterdir()] == ["one.sqlite3"]
    assert kept.lay(place, laid)
    with closing(sqlite3.connect(laid)) as base:
        assert base.execute("SELECT name FROM sqlite_master").fetchall() == [("client",)]


def test_a_change_of_what_makes_the_database_is_another_database(tmp_path, monkeypatch):
    migration = tmp_path / "pult" / "x" / "y" / "migrations" / "0001.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("one")
    monkeypatch.setattr(kept, "ROOT", tmp_path)
    before = kept.kept_in(tmp_path)
    migration.write_text("two")
    assert kept.kept_in(tmp_path) != before
