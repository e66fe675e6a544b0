"""An error on its way from one process to another: as itself where it can be made again, else as words."""

import pickle
import sys
import traceback
from dataclasses import dataclass
from typing import Any, Self

# So many times as deep as Python lets calls go by itself a result may be pickled; each list takes two.
ROOM = 5


@dataclass(frozen=True)
class Failed:
    """What a call raised, as a pickle, and where that was, in words.

    Who waits unpickles it, and not the process that failed: that was ended in the middle of any library.
    `whole`: it is the error itself, and not its words.
    """

    pickled: bytes
    trace: str
    whole: bool = True

    @classmethod
    def of(cls, error: BaseException) -> Self:
        """Return an error as it travels; raise MemoryError where there is no room to tell it."""
        trace = "".join(traceback.format_exception(error))
        try:
            return cls(pickled(error), trace)
        except MemoryError:
            raise
        except Exception as why:  # noqa: BLE001
            return cls(pickle.dumps(_in_words(trace, why)), _both(trace, why), whole=False)

    def again(self) -> BaseException:
        """Return the error; one that cannot be made again from what it tells comes as its words."""
        trace = self.trace
        try:
            error: BaseException = pickle.loads(self.pickled)
        except Exception as why:  # noqa: BLE001
            error, trace = _in_words(trace, why), _both(trace, why)
        error.__cause__ = RuntimeError(f"in another process:\n{trace}")
        return error


def answered(told: bytes) -> tuple[bool, Any]:
    """Return whether a worker did what was asked and what came of it, its error as itself or in words."""
    done, made = pickle.loads(told)
    return done, made.again() if isinstance(made, Failed) else made


def pickled(made: object) -> bytes:
    """Pickle a result, also one that nests deeply."""
    try:
        return pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001
        # Four times in all runs of the tests an error came up here, or where this was unpickled in the same
        # process, that cannot be pickling's own: of calls too deep, or of int(), after the work's time had
        # ended it. What nests deeply needs room, too.
        if isinstance(error, RecursionError):
            sys.setrecursionlimit(ROOM * sys.getrecursionlimit())
        return pickle.dumps(made, pickle.HIGHEST_PROTOCOL)


def _in_words(trace: str, why: Exception) -> RuntimeError:
    return RuntimeError(f"{trace.strip().splitlines()[-1]} (not told whole: {type(why).__name__}: {why})")


def _both(trace: str, why: Exception) -> str:
    return f"{trace}\nwhich was not told whole:\n{''.join(traceback.format_exception(why))}"
