"""Where the shipped pack of cards lies."""

from pathlib import Path

PACK = Path("regulations") / "agency"
PACKAGE = Path(__file__).resolve().parents[1]


def default_pack() -> Path:
    """The folder of the shipped pack: of the checkout, else the one installed with the package."""
    own = PACKAGE.parent / PACK
    return own if own.is_dir() else PACKAGE / PACK
