"""Rules about codes: their size on the page, and reading them in small."""

from collections.abc import Iterator

from printkit.review.page import Box, Reviewed
from printkit.review.registry import Hit, Limits, rule


@rule("code-size", "tolerance_share")
def code_size(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The code is as high as the act row beside it."""
    first, last = piece.grid.act_mm
    wanted = last - first
    for code in piece.front.codes:
        if abs(code.modules.height - wanted) > limits["tolerance_share"] * piece.width:
            what = f"code '{code.slot}' is {code.modules.height:.1f} mm high"
            yield Hit(what, f"make it {wanted:g} mm", 1, code.modules, code.modules.height, wanted)


@rule("code-share", "of_page", "of_headline")
def code_share(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The code takes a small part of the page, and less than the headline."""
    page = piece.format.visible.width * piece.height
    headline = _around([line.ink for line in piece.headline])
    for code in piece.front.codes:
        parts = [(code.modules.area / page, limits["of_page"], "the page")]
        if headline:
            parts.append((code.modules.area / headline.area, limits["of_headline"], "the headline's box"))
        for part, most, whole in parts:
            if part > most:
                what = f"code '{code.slot}' takes {part:.0%} of {whole}"
                yield Hit(what, f"make it smaller: {most:.0%} at most", 1, code.modules, part, most)


@rule("code-small", "scale")
def code_small(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The code is read from a picture of it in small."""
    # Loads the reader, which whoever only lists the rules does without.
    from printkit.qr.reading import read_texts

    for page in piece.pages:
        for code in page.codes:
            width, height = (round(side * limits["scale"]) for side in code.picture.size)
            if not read_texts(code.picture.resize((width, height))):
                what = f"code '{code.slot}' is not read at {limits['scale']:.0%} of its size"
                cure = "make its modules larger, or shorten its address"
                yield Hit(what, cure, page.number, code.modules)


def _around(boxes: list[Box]) -> Box | None:
    found = boxes[0] if boxes else None
    for box in boxes[1:]:
        found = found.around(box) if found else box
    return found
