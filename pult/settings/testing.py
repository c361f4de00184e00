"""Settings of the tests: a database and a folder of their own, cheap password hashes."""

import atexit
import os
import shutil
import tempfile

if "PULT_HOME" not in os.environ:
    os.environ["PULT_HOME"] = tempfile.mkdtemp(prefix="pult-test-")
    atexit.register(shutil.rmtree, os.environ["PULT_HOME"], ignore_errors=True)

from pult.settings import *  # noqa: F403
from pult.settings import DATABASES, HOME, STORAGES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in life: threads and worker processes of the tests share it.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
