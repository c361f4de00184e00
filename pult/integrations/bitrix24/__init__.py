"""Bitrix24, REST by an incoming webhook or an application: read only."""

from pult.integrations.bitrix24.reading import BitrixConnector

connector = BitrixConnector

__all__ = ["connector"]
