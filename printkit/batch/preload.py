"""Load what a worker needs, in the process of which workers are copies: imports and no more.

Whoever imports this loads the layout engine. What goes wrong here goes wrong again where a piece is made
and is told there; a forkserver that cannot import a module would end with a traceback.
"""

import contextlib
import gc
import os

with contextlib.suppress(Exception):
    import printkit.produce.steps
    import printkit.proof.drawing  # noqa: F401
    from printkit.render.engine import engine

    # The folder of the fonts would go with this process: a worker opens its own.
    engine().folder.cleanup()
    engine.cache_clear()
os.environ.pop("FONTCONFIG_FILE", None)
# Copies share what is never written to, and need not look through it for what can be freed.
gc.freeze()
