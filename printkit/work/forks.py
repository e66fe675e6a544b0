"""Fork beside other threads: a copy must not wait for a lock that a thread holds, as it has no such thread.

What a library guards by a lock of its own is let finish before the fork, as Python does for `logging`. Found
by two batches in threads of one process: one in some runs waited until its silence was told (600 s) for
Babel's lock on its data, which another thread was reading at the fork.
"""

import os

from babel import localedata

# Nothing but its own test would tell that Babel calls it otherwise: the attribute is asked for at import.
_READING = localedata._cache_lock

os.register_at_fork(
    before=_READING.acquire, after_in_parent=_READING.release, after_in_child=_READING.release
)
