"""A value as a key: itself and no other, however alike."""

from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Same(Generic[T]):
    """Equal to what holds the very same value: for caches whose keys would take longer to compare
    by all that they say than what is kept takes to make. Keeps its value alive."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: Any) -> bool:
        return type(other) is Same and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)
