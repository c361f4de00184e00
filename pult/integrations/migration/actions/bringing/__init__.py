"""From what was read to what Pult holds: clients first, files last, each record once."""

from pult.integrations.migration.actions.bringing.run import bring
from pult.integrations.migration.actions.bringing.todo import Todo, todo_of

__all__ = ["Todo", "bring", "todo_of"]
