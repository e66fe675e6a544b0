"""Simple paths that follow each other are told apart as they are one by one."""

from printkit.content.runs import WAYS, part
from printkit.content.tokens import Run, plain

PATHS = b"""1 2 m 3 4 l h S
0.5 0 0 1 k 10 20 30 -.5 re f*
1 0 0 rg 5. +6 m 7 8 9 10 11 12 c b*
3 w 1 1 m 2 2 3 3 v F  .25 G 1 1 2 2 re B
1 1 m 2 2 3 3 y s"""


def _run() -> Run:
    found = [one for one in plain(b"0 0 m 1 1 l S\n" + PATHS) if isinstance(one, Run)]
    assert len(found) == 1
    return found[0]


def test_each_path_keeps_its_construction_and_its_painter() -> None:
    run = _run()
    written, ways, _ = part(run.written)
    painted = b" ".join(path + b" " + painter for _, _, path, painter in run.painted)
    assert b" ".join(written).split() == painted.split()
    assert [WAYS[way] for way in ways] == [
        (False, True), (True, False), (True, True), (True, False), (True, True), (False, True),
    ]  # fmt: skip


def test_what_is_set_stands_before_the_path_that_follows_it() -> None:
    assert part(_run().written).set == [(1, b"0.5 0 0 1 k"), (2, b"1 0 0 rg"), (3, b"3 w"), (4, b".25 G")]
