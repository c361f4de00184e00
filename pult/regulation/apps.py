from django.apps import AppConfig


class RegulationConfig(AppConfig):
    name = "pult.regulation"
    default_auto_field = "django.db.models.BigAutoField"
