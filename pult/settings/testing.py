"""Settings of the tests: a database and a folder of their own, cheap password hashes."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from pult.settings import *  # noqa: F403
from pult.settings import DATABASES, STORAGES

if "PULT_HOME" in os.environ:
    HOME = Path(os.environ["PULT_HOME"])
else:
    HOME = Path(tempfile.mkdtemp(prefix="pult-test-"))
    atexit.register(shutil.rmtree, HOME, ignore_errors=True)
MEDIA_ROOT = HOME / "files"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)

SECRET_KEY = "not a secret: tests only"
if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    # A file, as in life: threads and worker processes of the tests share it.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
