import gc
import threading

import pytest

from pult.kernel.memory import no_collections


def test_the_collector_rests_for_a_large_file_and_works_again_whatever_happens():
    @no_collections()
    def work():
        assert not gc.isenabled()
        raise ValueError

    with pytest.raises(ValueError):
        work()
    assert gc.isenabled()


def test_the_collector_rests_until_the_last_of_two_files_is_done():
    both, first_done = threading.Barrier(2), threading.Event()

    def quick():
        with no_collections():
            both.wait()
        first_done.set()

    other = threading.Thread(target=quick)
    with no_collections():
        other.start()
        both.wait()
        other.join()
        assert first_done.is_set()
        assert not gc.isenabled()
    assert gc.isenabled()
