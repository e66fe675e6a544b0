"""Which rows of columns are alike."""

import numpy as np

from printkit.preflight.seen.alike import shared_numbers


def test_rows_share_a_number_where_all_columns_are_equal() -> None:
    numbers = shared_numbers(
        np.array([1, 1, 1, 2, 1]),
        np.array([0.5, 0.5, -1.0, 0.5, 0.5]),
        np.array([True, True, True, True, False]),
    )
    assert numbers[0] == numbers[1]
    assert len(set(numbers.tolist())) == 4


def test_columns_of_many_values_do_not_pass_what_a_number_holds() -> None:
    dice = np.random.default_rng(1)
    columns = [dice.integers(0, 2_000, 2_000) for _ in range(9)]
    doubled = [np.r_[column, column] for column in columns]
    found = shared_numbers(*doubled).tolist()
    assert found[:2_000] == found[2_000:]
    assert len(set(found)) == len(set(zip(*(column.tolist() for column in columns), strict=True)))
