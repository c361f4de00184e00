"""Parts of addresses. A clause has a digit in its name; pages that stand beside it do not."""

from django.urls import register_converter


class ClauseConverter:
    """`5.3`, `М4.9`, `П.1`."""

    regex = r"[^/\d]*\d[^/]*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ClauseConverter, "clause")
