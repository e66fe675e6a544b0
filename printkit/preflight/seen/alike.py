"""Tell which rows of columns are alike."""

import numpy as np

from printkit.preflight.seen.overlap import Flags, Floats, Ints


def shared_numbers(*columns: Floats | Ints | Flags) -> Ints:
    """Return a number for each row of columns, which rows share that are equal in all of them."""
    numbers, most = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        values, places = np.unique(column, return_inverse=True)
        most *= len(values)
        if most > np.iinfo(np.int64).max:
            found, numbers = np.unique(numbers, return_inverse=True)
            most = len(found) * len(values)
        numbers = numbers * len(values) + places
    return numbers
