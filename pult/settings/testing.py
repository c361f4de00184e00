"""Settings of the tests: a database and a folder of their own, cheap password hashes."""

import os
import tempfile

os.environ.setdefault("PULT_HOME", tempfile.mkdtemp(prefix="pult-test-"))

from pult.settings import *  # noqa: F403
from pult.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
