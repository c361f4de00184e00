"""ISO 20022 camt.053, the statement of a closed day; versions 02 to 08 and later alike."""

from pult.integrations.camt053.reader import read

__all__ = ["read"]
