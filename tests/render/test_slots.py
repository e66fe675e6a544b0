import pytest

from tests.template.stage import Stage


def test_fitted_slot_tells_size_and_room(stage: Stage) -> None:
    found = {one.slot: one for one in stage.render(title="Bli med").slots}
    box = found["title"].box.as_tuple()
    # 20 mm from the page's edge, of which 3 are bleed; the page is 210 mm high.
    assert box == pytest.approx((17, 210 - 17 - 40, 117, 210 - 17), abs=0.01)
    assert found["title"].size_pt == 40
    # One line of 40 pt, 1.2 high, in a box of 40 mm
    assert found["title"].room == pytest.approx(1 - 40 * 1.2 * 25.4 / 72 / 40, abs=0.02)


def test_code_has_its_box(stage: Stage) -> None:
    found = {one.slot: one for one in stage.render(title="Bli med").slots}
    assert found["qr"].box.x0 == pytest.approx(17, abs=0.01)
    assert found["qr"].page == 1
    assert found["qr"].room is None
