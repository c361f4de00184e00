"""Texts of money that may name a person of the client; documents of accounting stay whole."""

from pult.clients.texts import Texts, through

TEXTS = (
    Texts("money.Invoice", ("wish",), through("client")),
    Texts("money.TopUp", ("reason",), through("line__client")),
)
