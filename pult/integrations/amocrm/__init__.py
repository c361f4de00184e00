"""amoCRM (Kommo), API v4: read only, by a long-lived token or one that is renewed."""

from pult.integrations.amocrm.reading import AmoConnector

connector = AmoConnector

__all__ = ["connector"]
