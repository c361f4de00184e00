"""Many tables of an application made by one operation of a migration, for folded migrations."""

from typing import Any

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation


class CreateTogether(Operation):
    """`CreateModel` after `CreateModel`, each after those it points to.

    Django draws up anew, at each model a migration adds, every model that leads to it: all of them
    by way of the user, a square of their number. Here they are drawn up once, after the last.
    """

    def __init__(self, models: list[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # What is drawn up; the next to ask draws it anew.
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        for model in self.models:
            model.database_forwards(app_label, editor, before, after)

    def database_backwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, editor, before, after)

    def describe(self) -> str:
        return "; ".join(model.describe() for model in self.models)
