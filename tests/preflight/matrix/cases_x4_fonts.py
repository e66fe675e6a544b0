"""Samples of fonts' programs: what they hold, and how wide it is."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.preflight.matrix.base import Draft, boxes, draft, font
from tests.preflight.matrix.objects import text
from tests.preflight.matrix.x4_table import table

CHANGES: dict[tuple[Any, ...], Any] = {}
SHOWN = "(AB)"


def other_font(
    data: bytes = b"", widths: tuple[Any, ...] = (600, 600, 600), shown: str = SHOWN, mode: int = 0
) -> Draft:
    """Return a file with large text in a second font of other data or widths."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        own = font(pdf, "ABCDEF+Other", FontFile2=pdf.make_stream(data or boxes()))
        own.Widths, own.LastChar = Array(widths), 64 + len(widths)
        page.Resources.Font.G = own

    words = text(24, f"{mode} Tr 0 0 0 1 k", font="G").replace(SHOWN, shown)
    return draft(words, CHANGES.setdefault((data, widths), change))


def composite(widths: str, shown: str, encoding: str = "Identity-H", below: int = 1) -> Draft:
    """Return a file with text in a composite font, whose codes are the numbers of glyphs."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        simple = font(pdf, "ABCDEF+Other")
        child = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=simple.BaseFont,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            CIDToGIDMap=Name.Identity, W=pikepdf.Object.parse(widths.encode()),
            FontDescriptor=simple.FontDescriptor,
        )  # fmt: skip
        page.Resources.Font.G = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=simple.BaseFont,
            Encoding=Name(f"/{encoding}"), DescendantFonts=Array([pdf.make_indirect(child)] * below),
        )  # fmt: skip

    words = text(24, "0 0 0 1 k", font="G").replace(SHOWN, shown)
    return draft(words, CHANGES.setdefault((widths, encoding, below), change))


def drawn_font(*letters: str, begin: str = "600 0 0 0 500 700 d1", unit: float = 1) -> Draft:
    """Return a file with A and B in a Type 3 font that has only some letters, in larger units perhaps."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        content = f"{begin} {1 / unit} 0 0 {1 / unit} 0 0 cm 50 0 500 700 re f"
        box = pdf.make_stream(content.encode())
        page.Resources.Font.G = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 600 / unit, 700 / unit],
            FontMatrix=[unit / 1000, 0, 0, unit / 1000, 0, 0], FirstChar=65, LastChar=66,
            Widths=[600 / unit] * 2, Resources=Dictionary(),
            CharProcs=Dictionary({f"/{letter}": box for letter in letters}),
            Encoding=Dictionary(Differences=[65, Name.A, Name.B]),
        )  # fmt: skip

    return draft(text(24, "0 0 0 1 k", font="G"), CHANGES.setdefault((letters, begin, unit), change))


FOUR = (600, 600, 600, 600)
table(
    "x4/font-program",
    {
        "garbage": other_font(data=b"garbage " * 99),
        "a program that ends early": other_font(data=boxes()[:400]),
        "a letter that the program lacks": other_font(widths=FOUR, shown="(ABD)"),
        ".notdef by its number": composite("[0 9 600]", "<00010000>"),
        "a number beyond the last glyph": composite("[0 9 600]", "<00010009>"),
        "a drawn letter that is missing": drawn_font("A"),
    },
    {
        "all letters": other_font(shown="(ABC)"),
        "a blank that the program lacks": other_font(shown="(A B)"),
        "all letters, drawn": drawn_font("A", "B"),
        "all numbers": composite("[0 9 600]", "<000100020003>"),
        "a letter that it lacks, invisible": other_font(widths=FOUR, shown="(ABD)", mode=3),
    },
)
table(
    "x4/fonts",
    {
        "an unknown map of codes": composite("[0 9 600]", "<00010002>", "Foo-H"),
        "composite, without descendant": composite("[0 9 600]", "<00010002>", below=0),
    },
    {"a known map of codes": composite("[0 9 600]", "<00010002>", "UniJIS-UTF16-H")},
)
table(
    "x4/font-widths",
    {
        "widths that are no numbers": other_font(widths=(Name.A, Name.B, Name.C)),
        "half as wide": other_font(widths=(300, 300, 300)),
        "1.5/1000 too wide": other_font(widths=(601.5, 600, 600)),
        "composite, too narrow": composite("[1 [600 590]]", "<00010002>"),
        "drawn, half as wide": drawn_font("A", "B", begin="300 0 d0"),
        "drawn in large units, 2/1000 too wide": drawn_font("A", "B", begin="60.2 0 d0", unit=10),
        "composite, without widths": composite("[]", "<00010002>"),
    },
    {
        "1/1000 too wide": other_font(widths=(601, 599, 600)),
        "another letter's width": other_font(widths=(600, 600, 300)),
        "composite": composite("[1 [600 600.4]]", "<00010002>"),
        "drawn in large units, 1/1000 too wide": drawn_font("A", "B", begin="60.1 0 d0", unit=10),
        "half as wide, invisible": other_font(widths=(300, 300, 300), mode=3),
    },
)
