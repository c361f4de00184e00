"""Django's SQLite with a fair wait for its only writer."""
