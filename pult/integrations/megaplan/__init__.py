"""Megaplan, API v3, by login and password: read only."""

from pult.integrations.megaplan.reading import MegaplanConnector

connector = MegaplanConnector

__all__ = ["connector"]
