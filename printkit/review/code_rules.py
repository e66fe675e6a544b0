"""Rules about codes: their size on the page, and reading them in small."""

from collections.abc import Iterator

from printkit.review.page import MM_PER_PT, Reviewed
from printkit.review.registry import Hit, Limits, rule
from printkit.words import Message


@rule("code-size", "tolerance_share")
def code_size(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The code is as high as the act row beside it."""
    first, last = piece.grid.act_mm
    wanted = last - first
    for code in piece.codes:
        if abs(code.modules.height - wanted) > limits["tolerance_share"] * piece.width:
            what = Message(
                "code '%(slot)s' is %(height).1f mm high", slot=code.slot, height=code.modules.height
            )
            yield Hit(
                what,
                Message("make it %(wanted)g mm", wanted=wanted),
                1,
                code.modules,
                code.modules.height,
                wanted,
            )


@rule("code-share", "of_page", "of_headline")
def code_share(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The code takes a small part of the page, and less than the box that two lines of headline have."""
    first, last = piece.grid.headline_mm
    wide = piece.design.measure.headline * piece.grid.sizes_pt["headline"] * MM_PER_PT
    wholes = (
        (piece.format.visible.width * piece.height, limits["of_page"], Message("the page")),
        (wide * (last - first), limits["of_headline"], Message("the headline's box")),
    )
    # Of the front alone, which is what calls.
    for code in piece.front.codes:
        for area, most, whole in wholes:
            part = code.modules.area / area
            if part > most:
                what = Message(
                    "code '%(slot)s' takes %(part).0f%% of %(whole)s",
                    slot=code.slot,
                    part=100 * part,
                    whole=whole,
                )
                yield Hit(
                    what,
                    Message("make it smaller: %(most).0f%% at most", most=100 * most),
                    1,
                    code.modules,
                    part,
                    most,
                )


@rule("code-small", "scale")
def code_small(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The code is read from a picture of it in small."""
    # Loads the reader, which whoever only lists the rules does without.
    from printkit.qr.reading import read_texts

    for page in piece.pages:
        for code in page.codes:
            # As from farther off, or with a camera that sees less.
            width, height = (round(side * limits["scale"]) for side in code.picture.size)
            if not read_texts(code.picture.resize((width, height))):
                what = Message(
                    "code '%(slot)s' is not read at %(scale).0f%% of its size",
                    slot=code.slot,
                    scale=100 * limits["scale"],
                )
                cure = Message("make its modules larger, or shorten its address")
                yield Hit(what, cure, page.number, code.modules)
