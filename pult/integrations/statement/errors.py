"""A file that is no bank statement Pult reads, refused by its name."""

from typing import Any

from pult.kernel.errors import BadInput


class UnknownFormat(BadInput):
    """`name_guess` says what the file seems to be, `reason` why it is not read, `cure` what to
    ask the bank for instead. Nothing of the file was taken."""

    def __init__(self, name_guess: str, reason: Any, cure: Any = "") -> None:
        super().__init__(reason, cure=cure)
        self.name_guess = name_guess

    @property
    def reason(self) -> Any:
        return self.message
