"""Settings of one agency's Pult, taken from the environment.

`PULT_HOME` is the data folder (database, files, keys), by default `./var`.
`PULT_DATABASE_URL` is `sqlite:///PATH` or `postgresql://user:password@host:port/name`;
by default an SQLite file in that folder. `PULT_DEMO=1` opens the one-click sign-in.
`PULT_LOG` is the least level that is printed (WARNING). Hosts, proxies and mail: `sign_in.py`.
"""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from pult.regulation.pack_path import default_pack
from pult.settings.database import database_from_url
from pult.settings.secrets import secret_key
from pult.settings.sign_in import *  # noqa: F403
from pult.settings.sign_in import listed, mail_from_url

PROJECT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("PULT_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)

SECRET_KEY = secret_key(HOME)
DEBUG = os.environ.get("PULT_DEBUG") == "1"
DEMO = os.environ.get("PULT_DEMO") == "1"

DATABASES = {
    "default": database_from_url(
        os.environ.get("PULT_DATABASE_URL", f"sqlite:///{HOME / 'pult.sqlite3'}")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_htmx",
    "pult.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "lucide",
    "pult.kernel",
    "pult.regulation",
    "pult.people",
    "pult.clients",
    "pult.work",
    "pult.money",
    "pult.comms",
    "pult.knowledge",
    "pult.integrations.migration",
    "pult.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pult.web.middleware.kept_private",
    "pult.people.middleware.reader_middleware",
    "pult.web.repeats.OnceMiddleware",
    "pult.web.middleware.limited_upload",
    "pult.web.middleware.one_reading",
    "pult.web.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "pult.urls"
WSGI_APPLICATION = "pult.wsgi.application"

# Spelled out, not left to an application that would load the whole of Django's admin for it.
_FOUND = ["filesystem.Loader", "app_directories.Loader"]
_KEPT = ("django.template.loaders.cached.Loader", [f"django.template.loaders.{n}" for n in _FOUND])
LOADERS = [("template_partials.loader.Loader", [_KEPT])]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "pult" / "web" / "pages"],
        "OPTIONS": {
            "loaders": LOADERS,
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

if mail_url := os.environ.get("PULT_MAIL_URL"):
    globals().update(mail_from_url(mail_url))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"
# Hosts of our own network that may be called for a former system.
INNER_HOSTS = frozenset(listed(os.environ.get("PULT_INNER_HOSTS", "").lower()))
MAIL_NOTICES = os.environ.get("PULT_MAIL_NOTICES") == "1"  # escalations by mail
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("PULT_MAIL_FROM", "pult@localhost")

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
FORMAT_MODULE_PATH = "pult.kernel.formats"
LOCALE_PATHS = [PROJECT / "pult" / "locale", PROJECT / "pult" / "integrations" / "locale"]
TIME_ZONE = "Europe/Moscow"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"

REGULATION_PACK = default_pack()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("PULT_LOG", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
