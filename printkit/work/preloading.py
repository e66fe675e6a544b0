"""Load what workers need, in the process of which they are copies, and say nothing from then on.

What goes wrong here goes wrong again where a piece is made and is told there; a forkserver that cannot import
a module would end with a traceback.
"""

import contextlib
import gc
import importlib
import os


def preload(*modules: str, keys: bool = False) -> None:
    """Load modules, and behind them the layout engine; find out what is part of all `keys` where asked."""
    # There is a worker for each core: threads of numpy's own would only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Nothing that is loaded here is garbage: looking for some takes a sixth of the time.
    gc.disable()
    with contextlib.suppress(Exception):
        for module in modules:
            importlib.import_module(module)
        from printkit.render.engine import load

        load()
        if keys:
            # Each worker would read the program's source and ask for versions anew
            from printkit.produce.versions import engine_versions, program_digest

            engine_versions()
            program_digest()
    # The fonts of a caller that lays out pages itself go with that caller: a worker opens its own.
    os.environ.pop("FONTCONFIG_FILE", None)
    # A caller that ends while a worker is being started must not cost a traceback after its last word.
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)
    # Copies share what is never written to, and need not look through it for what can be freed.
    gc.freeze()
