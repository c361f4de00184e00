"""SWIFT MT940 customer statements (SWIFT User Handbook, Category 9), with banks' liberties."""

from pult.integrations.mt940.reader import read

__all__ = ["read"]
