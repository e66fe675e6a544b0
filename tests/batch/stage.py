"""A prepared process that runs a batch in a copy of itself as often as it is told.

All copies have their workers from one process, which has loaded the stand-in once. Each line of stdin is a
folder to fill. On stdout the copy tells its number and each piece, and this process how it ended: "begun 47",
"piece", "ended -9".
"""

import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing import forkserver, get_context
from pathlib import Path

from printkit.batch.execution import execute
from printkit.batch.journal import Record
from printkit.batch.origin import campaign_origin
from printkit.batch.planned import Planned
from printkit.batch.planning import KEYS, plan
from printkit.batch.run import Run
from printkit.batch.writing import WritingSetup
from printkit.produce.chosen import parse_only
from printkit.profiles import load_profiles, output_date
from printkit.work import warming
from printkit.work.workers import Workers
from printkit.workspace import Snapshot
from tests.batch.stand_in import StandIn

# A piece that fails its check and one that never becomes a PDF: held/ is filled, too.
BAD = {"nu01_recruit_flyer-a5_nb_st-drammen": "check", "nu01_recruit_poster-a3_nb_st-drammen": "render"}
JOBS = 2


class Told:
    """Tell each piece that is settled."""

    def begin(self, total: int) -> None: ...

    def piece(self, record: Record) -> None:
        tell("piece")

    def say(self, text: str) -> None: ...


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def prepare() -> tuple[Run, tuple[Planned, ...]]:
    workspace = Snapshot(Path.cwd())
    profiles = load_profiles(workspace)
    campaign = profiles.campaigns["recruitment"]
    origin = campaign_origin(workspace, profiles, campaign)
    run = Run(Path(), workspace, profiles, origin, output_date(campaign), {"stand-in": "1"})
    return run, plan(workspace, profiles, campaign, [parse_only("committee=nu01", KEYS)])


def renew_origin() -> None:
    """Have the process ready of which workers are copies: who is killed while starting one takes it along."""
    vars(warming)["_PRELOADED"] = "tests.batch.stand_in"
    for _ in range(200):
        with suppress(OSError, EOFError):
            warming.warm()
            worker = get_context("forkserver").Process(target=int)
            worker.start()
            worker.join()
            return
        # It is just about to end.
        time.sleep(0.05)
    raise RuntimeError("no worker can be started")


def share_origin() -> None:
    """Have the workers of this copy from where the first process has them, which alone can look after it."""
    vars(forkserver)["ensure_running"] = vars(forkserver)["_forkserver"].ensure_running = lambda: None


def act(run: Run, pieces: Sequence[Planned]) -> int:
    """Run the batch as the command line does, 20 ms a piece."""
    tell(f"begun {os.getpid()}")
    share_origin()
    setup = partial(StandIn, seconds=0.02, bad=BAD)
    pool = partial(Workers, WritingSetup(setup, run.root), JOBS, run.profiles.batch)
    return execute(run, pieces, setup(), Told(), pool=pool).exit_code


def main() -> None:
    run, pieces = prepare()
    renew_origin()
    tell("ready")
    for line in sys.stdin:
        renew_origin()
        number = os.fork()
        if not number:
            os._exit(act(replace(run, root=Path(line.strip())), pieces))
        status = os.waitpid(number, 0)[1]
        tell(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
