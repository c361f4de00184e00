"""Statements in 1CClientBankExchange, the text format of every Russian bank.

Format: the vendor's page “Стандарт обмена с системами Клиент банка”, versions 1.01–1.03, and the
Kazakhstan dialect 2.00 with its own names of keys.
"""

from pult.integrations.bank_1c.reader import read
from pult.integrations.bank_1c.writer import write_statement

__all__ = ["read", "write_statement"]
