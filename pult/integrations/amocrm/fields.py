"""Fields of an account's own: `custom_fields_values` by code, by type and by name."""

from typing import Any


class Fields:
    """The own fields of one object, the first value of each."""

    def __init__(self, row: dict[str, Any]) -> None:
        self._rows = row.get("custom_fields_values") or []

    def code(self, code: str) -> str:
        """PHONE, EMAIL, POSITION, WEB, ADDRESS."""
        return str(self._first(lambda one: one.get("field_code") == code) or "")

    def of_type(self, kind: str) -> Any:
        return self._first(lambda one: one.get("field_type") == kind)

    def named(self, word: str) -> str:
        """A text field people called so."""
        value = self._first(lambda one: (one.get("field_name") or "").strip().casefold() == word)
        return "" if isinstance(value, dict) or value is None else str(value)

    def legal(self) -> dict[str, Any]:
        """The legal entity: name, vat_id (ИНН), kpp, address."""
        value = self.of_type("legal_entity")
        return value if isinstance(value, dict) else {}

    def _first(self, fits: Any) -> Any:
        for one in self._rows:
            if fits(one) and one.get("values"):
                return one["values"][0].get("value")
        return None
