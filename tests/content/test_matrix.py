import pytest

from printkit.content import Matrix
from printkit.units import Rect

TURN = Matrix(0, 1, -1, 0, 10, 20)


def test_then_applies_the_left_one_first() -> None:
    assert Matrix(2, 0, 0, 2).then(TURN).apply(1, 0) == TURN.apply(2, 0)


def test_box_of_a_turned_rectangle_on_all_four_edges() -> None:
    assert TURN.box(Rect(0, 0, 3, 1)).as_tuple() == (9, 20, 10, 23)


def test_scales_of_an_uneven_turn() -> None:
    matrix = Matrix(2, 0, 0, 5).then(TURN)
    assert (matrix.x_scale, matrix.y_scale) == (2, 5)
    assert matrix.smallest_scale == pytest.approx(2)
