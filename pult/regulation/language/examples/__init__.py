"""The examples of a card: a table that the head of department reads and the engine runs."""
