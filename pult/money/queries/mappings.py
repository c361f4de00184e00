"""Columns somebody confirmed for files of the same shape."""

from pult.money.models import ColumnMapping


def columns_of(purpose: str, signature: str) -> dict[str, int] | None:
    """Field → place of its column, or None when nobody has confirmed such a file yet."""
    row = ColumnMapping.objects.filter(purpose=purpose, signature=signature).first()
    return dict(row.mapping) if row else None
