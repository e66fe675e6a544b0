"""What breaks a rule, as it is told of a piece."""

from printkit.review.asked import Ask, Finding
from printkit.review.page import Box
from printkit.review.registry import Hit


def finding(ask: Ask, rule: str, hit: Hit) -> Finding:
    """Return what breaks a rule as it is told; figures are rounded."""
    # To hundredths of a millimetre, so that two reviews of one design say the same.
    box = None if hit.box is None else _rounded(hit.box)
    measured, limit = (None if one is None else round(one, 3) for one in (hit.measured, hit.limit))
    return Finding(ask.id, rule, hit.message, hit.cure, hit.page, box, measured, limit)


def _rounded(box: Box) -> tuple[float, float, float, float]:
    return round(box.left, 2), round(box.top, 2), round(box.right, 2), round(box.bottom, 2)
