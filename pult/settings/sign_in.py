"""How people get in and what a browser may do here.

`PULT_HOSTS` are the names this Pult answers to, `PULT_ORIGINS` the addresses people type: where
these are `https://…`, cookies travel by HTTPS only and browsers remember that (HSTS).
`PULT_PROXIES` is the number of trusted proxies in front. `PULT_MAIL_URL` is
`smtp://user:password@host:port` or `smtps://…`; without it letters are written to the folder
`mail` of the data folder.
"""

import os
from datetime import timedelta
from urllib.parse import unquote, urlsplit

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}


def listed(text: str) -> list[str]:
    """Values separated by commas, without the spaces around them."""
    return [part.strip() for part in text.split(",") if part.strip()]


def origins_of(text: str) -> list[str]:
    """Origins people type, `https://pult.example.com`; ValueError for anything else."""
    origins = listed(text)
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(f"PULT_ORIGINS: «{origin}»; use https://pult.example.com")
    return [origin.rstrip("/") for origin in origins]


def travels_by_https(origins: list[str]) -> bool:
    """Every address people type is https; where one is not, a Secure cookie would lock it out."""
    return bool(origins) and all(origin.startswith("https:") for origin in origins)


ALLOWED_HOSTS = listed(os.environ.get("PULT_HOSTS", "localhost,127.0.0.1,[::1]"))
CSRF_TRUSTED_ORIGINS = origins_of(os.environ.get("PULT_ORIGINS", ""))

IS_LOCAL = LOCAL_HOSTS.issuperset(ALLOWED_HOSTS)
IS_SECURE = travels_by_https(CSRF_TRUSTED_ORIGINS)
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PULT_PROXIES", "0"))
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_ENGINE = "pult.people.sessions"
SESSION_COOKIE_NAME = "pult"
SESSION_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
CSRF_COOKIE_NAME = "pult-csrf"
CSRF_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_HTTPONLY = True  # pages carry the token themselves, for htmx too
SECURE_HSTS_SECONDS = int(timedelta(days=30).total_seconds()) if IS_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["pult.people.sign_in.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "pult.people.sign_in.AccountAdapter"
ACCOUNT_FORMS = {"reset_password": "pult.people.reset.ResetForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses come from whoever invites
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}

MFA_ADAPTER = "pult.people.sign_in.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Пульт"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL


def mail_from_url(url: str) -> dict[str, object]:
    """Django's mail settings for `smtp://` or `smtps://`; ValueError for another scheme."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps"):
        raise ValueError("PULT_MAIL_URL: use smtp://user:password@host:port or smtps://…")
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 15,
    }
