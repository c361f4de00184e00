"""Memory that Python would keep, and time it would spend on looking for some."""

import ctypes
import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_at_work = 0


@contextmanager
def no_collections() -> Iterator[None]:
    """Do not look for cycles inside: a large file makes a million values and not one cycle, and
    the collector would walk through all of them again and again. Nests, also across threads."""
    global _at_work
    with _lock:
        _at_work += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _at_work -= 1
            if not _at_work:
                gc.enable()


def give_back() -> None:
    """Return the memory of a long job to the system; glibc would keep most of it."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)
