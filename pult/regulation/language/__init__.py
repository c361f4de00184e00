"""The card language: Markdown that a head of department reads becomes cards that run."""
