"""Rules that others imply: a file that breaks the one must break the other, and why."""

from typing import NamedTuple


class Implication(NamedTuple):
    """Say that breaking `rule` (the beginning of its id) may break `implied` too."""

    rule: str
    implied: str
    reason: str


SPOTS = "spot colours are shown by spot colours, of which some variants want none"
RGB = "DeviceRGB under a CMYK intent is not PDF/X-4 either"
IMPLICATIONS = (
    Implication("x4/", "R0001", "R0001 sums up the rules of PDF/X-4"),
    Implication("R0001", "x4/identification", "R0001 is shown by one of the rules that it sums up"),
    Implication("R0001", "x4/lzw", "R0001 just passes where a rule of PDF/X-4 gives a warning"),
    Implication("R0004", "R0006", "pages of several sizes are several pages"),
    *(Implication(rule, "R0020", SPOTS) for rule in ("R0015", "R0021", "R0022", "R0023", "R0026")),
    *(Implication(rule, "x4/colour", RGB) for rule in ("R0027", "R0028", "R0029", "R0030")),
    *(Implication(rule, "R0001", RGB) for rule in ("R0027", "R0028", "R0029", "R0030")),
    Implication("R0009", "R0011", "grey in place of black is R0011's, and none of R0009's"),
    Implication("R0010", "R0012", "grey in place of black is R0012's, and none of R0010's"),
    Implication("R0033", "R0032", "a page that is one image of one bit is R0032's, and none of R0033's"),
    Implication("R0037", "R00", "R0037 is shown by the shift of the limits that it governs"),
    Implication("product/text-ink", "R0007", "white that overprints is no ink, wherever it overlaps"),
    Implication("product/trim-size", "product/bleed-size", "where the trim moves the bleed is another"),
    Implication("product/qr-second-reader", "product/qr-contrast", "what one reader cannot see is faint too"),
    Implication("product/hidden-zone", "product/safe-zone", "what just clears the hidden part is not safe"),
)


def reasons(rule: str, implied: str) -> list[str]:
    """Return why a rule may break another."""
    return [
        one.reason for one in IMPLICATIONS if rule.startswith(one.rule) and implied.startswith(one.implied)
    ]
