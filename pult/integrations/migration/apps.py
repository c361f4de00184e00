from django.apps import AppConfig


class MigrationConfig(AppConfig):
    name = "pult.integrations.migration"
    label = "migration"
    default_auto_field = "django.db.models.BigAutoField"
