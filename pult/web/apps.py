from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "pult.web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pult.wiring import wire

        wire()
