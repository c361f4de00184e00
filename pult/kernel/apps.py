from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    name = "pult.kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make every domain's fact kinds known: each has them in its `facts` module."""
        autodiscover_modules("facts")
