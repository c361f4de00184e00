"""The key of a bank document begins with its day, so that an import writes to one end of the index.

Key by key in one statement: 32 digits become the day and the same 32 digits.
"""

from django.db import migrations

DAYS = {
    "sqlite": "COALESCE(strftime('%Y%m%d', date), '')",
    "postgresql": "COALESCE(to_char(date, 'YYYYMMDD'), '')",
}


def add_days(apps, schema_editor):
    """Only keys without a day get one: going on after half of it changes nothing twice."""
    _execute(
        schema_editor,
        "UPDATE money_bankdocument SET content_key = "
        f"{DAYS[schema_editor.connection.vendor]} || content_key WHERE length(content_key) = 32",
    )


def drop_days(apps, schema_editor):
    _execute(
        schema_editor,
        "UPDATE money_bankdocument SET content_key = substr(content_key, length(content_key) - 31)",
    )


def _execute(schema_editor, sql):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [("money", "0006_counted_numbers")]

    operations = [migrations.RunPython(add_days, drop_days, elidable=True)]
