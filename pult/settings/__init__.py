"""Settings of one agency's Pult, taken from the environment.

`PULT_HOME` is the data folder (database, files, keys), by default `./var`.
`PULT_DATABASE_URL` is `sqlite:///PATH` or `postgresql://user:password@host:port/name`;
by default an SQLite file in that folder. `PULT_DEMO=1` opens the one-click sign-in.
"""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from pult.settings.database import database_from_url
from pult.settings.secrets import secret_key

PROJECT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("PULT_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)

SECRET_KEY = secret_key(HOME)
DEBUG = os.environ.get("PULT_DEBUG") == "1"
DEMO = os.environ.get("PULT_DEMO") == "1"
ALLOWED_HOSTS = os.environ.get("PULT_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("PULT_ORIGINS", "").split(",") if o]

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
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "pult.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "lucide",
    "pult.kernel",
    "pult.regulation",
    "pult.people",
    "pult.clients",
    "pult.money",
    "pult.comms",
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
]

ROOT_URLCONF = "pult.urls"
WSGI_APPLICATION = "pult.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "pult" / "web" / "pages"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [PROJECT / "pult" / "locale"]
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

REGULATION_PACK = PROJECT / "regulations" / "agency"
