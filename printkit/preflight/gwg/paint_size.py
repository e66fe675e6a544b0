"""GWG 2022: text and lines that are too small for the inks they are printed in."""

from collections.abc import Iterator

from printkit.preflight.core.registry import Hit, gwg_rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.gwg.found import NOISE, Found, gathered, size_limit, smaller
from printkit.preflight.seen.visible import VisibleElements, visible_elements
from printkit.profiles import GwgLimits
from printkit.words import Message


@gwg_rule("R0015")
def rich_black_text(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """Black text has not too many other process inks in its fill: set it in black alone."""
    if limits.A is None or limits.B is None:
        return iter(())
    least, most = limits.A * (1 - NOISE), limits.B * (1 + NOISE)
    sums = ((one, _black_sum(one, least)) for one in subject.once(visible_elements) if one.is_text)
    found = (Found(one, total) for one, total in sums if total > most)
    return gathered(
        Message("black text with more than %(b).0f%% ink", b=100 * limits.B), found, limits.B, highest=True
    )


@gwg_rule("R0016")
def small_white_text(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """Text filled with white that lies over something is not too small to stay open: set it larger."""
    limit = size_limit(subject, limits)
    small = (
        one for one in subject.once(visible_elements) if one.overlapping and smaller(one.font_size, limit)
    )
    found = (Found(one, one.font_size) for one in small if one.fill is not None and one.fill.tint.white)
    return gathered(Message("white text under %(limit)g pt", limit=limit), found, limit)


@gwg_rule("R0017")
def small_multi_ink_text(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """Text in more than one ink is not so small that plates cannot meet: set it larger or in one ink."""
    limit = size_limit(subject, limits)
    small = (one for one in subject.once(visible_elements) if smaller(one.font_size, limit))
    found = (Found(one, one.font_size) for one in small if any(paint.tint.count > 1 for paint in one.paints))
    return gathered(Message("text under %(limit)g pt in more than one ink", limit=limit), found, limit)


@gwg_rule("R0018")
def thin_white_line(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """White lines that lie over something are not too thin to stay open: make them wider."""
    limit = size_limit(subject, limits)
    lines = ((one, one.line) for one in subject.once(visible_elements) if one.overlapping)
    thin = ((one, line) for one, line in lines if line is not None and smaller(line[0], limit))
    found = (Found(one, width) for one, (width, paint) in thin if paint.tint.white)
    return gathered(Message("a white line under %(limit)g pt", limit=limit), found, limit)


@gwg_rule("R0019")
def thin_multi_ink_line(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """Lines in more than one ink are not so thin that plates cannot meet: widen them or use one ink."""
    limit = size_limit(subject, limits)
    lines = ((one, one.line) for one in subject.once(visible_elements))
    thin = ((one, line) for one, line in lines if line is not None and smaller(line[0], limit))
    found = (Found(one, width) for one, (width, paint) in thin if paint.tint.count > 1)
    return gathered(Message("a line under %(limit)g pt in more than one ink", limit=limit), found, limit)


def _black_sum(one: VisibleElements, least: float) -> float:
    """Return the process ink of a fill in DeviceCMYK or DeviceN that has so much black; 0 of any other."""
    tint = None if one.fill is None else one.fill.tint
    # As the workbook defines R0015; grey and single spots have one ink
    if tint is None or tint.family not in ("DeviceCMYK", "DeviceN"):
        return 0.0
    return tint.process if (tint.inks or {}).get("Black", 0.0) >= least else 0.0
