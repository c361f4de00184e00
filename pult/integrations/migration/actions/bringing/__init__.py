"""From what was read to what Pult holds: clients first, files last, each record once."""

from pult.integrations.migration.actions.bringing.run import bring, changed_there
from pult.integrations.migration.actions.bringing.todo import Todo, todo_of

__all__ = ["Todo", "bring", "changed_there", "todo_of"]
