"""When commands look for garbage."""

import gc

import pytest

from printkit.cli.collecting import uncollected


def test_it_is_looked_for_again_however_the_block_ends() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        assert gc.isenabled() / 0
    assert gc.isenabled()


def test_none_is_looked_for_within() -> None:
    with uncollected():
        assert not gc.isenabled()


def test_who_looks_for_none_goes_on_so() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
