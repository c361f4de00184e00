"""Texts of talks that may name a person of the client."""

from pult.clients.texts import Texts, through

TEXTS = (Texts("comms.Interaction", ("note",), through("client")),)
