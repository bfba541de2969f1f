"""The heap: however many threads there are, there is one."""

import subprocess
import sys

THREADS = """
import ctypes, threading
from bot import heap
heap.keep_small()
together = threading.Barrier(8)
def ask():
    kept = [bytes(100_000) for _ in range(20)]
    together.wait()
threads = [threading.Thread(target=ask) for _ in range(8)]
[one.start() for one in threads]
[one.join() for one in threads]
c = ctypes.CDLL(None)
c.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(c.fdopen(1, b"w"))
c.malloc_info(0, out)
c.fflush(out)
"""


def test_all_threads_share_one_heap() -> None:
    said = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, check=True).stdout
    assert said.count("<heap nr=") == 1
