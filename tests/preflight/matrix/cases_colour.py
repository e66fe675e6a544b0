"""Samples of spot colours and of what colours are meant in (R0020 to R0023, R0027 to R0029)."""

from collections.abc import Iterator

from tests.preflight.matrix.base import Draft, draft
from tests.preflight.matrix.objects import block, drawn, inks, on_step, picture, space, spot
from tests.preflight.matrix.sample import Row, Sample, cases

OTHER = (54, 110)


def spots(*named: tuple[str, str]) -> Draft:
    """Return a page with a block in each of one or two spot colours, given with their tint."""
    changes = [spot(f"S{at}", name, tint) for at, (name, tint) in enumerate(named)]
    paint = "".join(block(f"/S{at} cs 1 scn", (18, 110 + at * 32)) for at, _ in enumerate(named))
    return draft(paint, *changes)


ONE, TWO = "0 0.6 1 0", "0 0.6 0.99 0"


@cases("R0020")
def spot_count(row: Row) -> Iterator[Sample]:
    yield row.breaks("one name", spots(("Gold", ONE)))
    yield row.breaks("two names", spots(("Gold", ONE), ("Silver", TWO)))
    yield row.breaks("in DeviceN", draft(block("/D cs 0 1 scn"), inks("D", "Cyan", "Gold")))
    named = draft(drawn("J", 4, 4), picture("J", (60, 60), f"[/Separation /Gold /DeviceCMYK {tint(ONE)}]"))
    yield row.breaks("in an image", named)
    process = ("Cyan", "1 0 0 0"), ("Black", "0 0 0 1")
    yield row.passes("process inks by their names", spots(*process))
    yield row.passes("process inks in DeviceN", draft(block("/D cs 0.5 0.5 scn"), inks("D", "Cyan", "Black")))
    yield row.passes("defined, not used", draft("", spot("S0", "Gold")))
    yield row.passes("a cutting line", draft(on_step(block("/S0 cs 1 scn")), spot("S0", "CutContour")))
    yield row.passes("outside the trim", draft(block("/S0 cs 1 scn", (190, 20)), spot("S0", "Gold")))


def tint(full: str) -> str:
    return f"<</FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [{full}] /N 1>>"


# Where the number of spot colours is limited to none
COUNTED = ("R0020",)


@cases("R0021")
def suffix(row: Row) -> Iterator[Sample]:
    for one, other in (("C", "U"), ("C", "CV"), ("M", "CVU"), ("XGC", "C"), ("TPX", "TCX")):
        pair = spots((f"PANTONE#20185#20{one}", ONE), (f"PANTONE#20185#20{other}", TWO))
        yield row.breaks(f"{one} and {other}", pair, also=COUNTED)
    written = spots(("PANTONE#20185#20C", ONE), ("Pantone#20185#20U", TWO))
    yield row.breaks("C and U, in other capitals", written, also=COUNTED)
    bare = spots(("PANTONE#20185", ONE), ("PANTONE#20185#20C", TWO))
    yield row.passes("with and without", bare, also=COUNTED)
    for unlisted in ("TPG", "CVP", "SWOP", "u"):
        pair = spots((f"PANTONE#20185#20{unlisted}", ONE), ("PANTONE#20185#20C", TWO))
        yield row.passes(f"{unlisted}, which is in no list, and C", pair, also=COUNTED)
    numbers = spots(("PANTONE#20185#20C", ONE), ("PANTONE#20186#20C", TWO))
    yield row.passes("another number", numbers, also=COUNTED)
    yield row.passes("no suffix of a library", spots(("Gold#201", ONE), ("Gold#202", TWO)), also=COUNTED)


@cases("R0022")
def case(row: Row) -> Iterator[Sample]:
    yield row.breaks("capitals", spots(("Gold", ONE), ("GOLD", TWO)), also=COUNTED)
    composed, apart = "Sm#C3#B8r#C3#A9", "Sm#C3#B8re#CC#81"
    yield row.breaks("Unicode form", spots((composed, ONE), (apart, TWO)), also=COUNTED)
    yield row.passes("another name", spots(("Gold", ONE), ("Golds", TWO)), also=COUNTED)
    yield row.passes("another letter", spots((composed, ONE), ("Sm#C3#B8re", TWO)), also=COUNTED)


@cases("R0023")
def twins(row: Row) -> Iterator[Sample]:
    yield row.breaks("one definition", spots(("Gold", ONE), ("Sun", ONE)), also=COUNTED)
    yield row.passes("another tint", spots(("Gold", ONE), ("Sun", TWO)), also=COUNTED)
    lab = f"[/Separation /Sun [/Lab <</WhitePoint [0.96 1 0.82]>>] {tint('0 0.6 1')}]".replace(
        "0 0 0 0", "0 0 0"
    )
    both = block("/S0 cs 1 scn") + block("/L cs 1 scn", (18, 142))
    yield row.passes(
        "another alternate space", draft(both, spot("S0", "Gold", ONE), space("L", lab)), also=COUNTED
    )


PROCESS_INK = "a process ink"
WHITE = "/WhitePoint [0.9505 1 1.089]"
SPACES = {
    "CalRGB": (f"[/CalRGB <<{WHITE}>>]", "0 0.2 0.4"),
    "CalGray": (f"[/CalGray <<{WHITE}>>]", "0.4"),
    "Lab": (f"[/Lab <<{WHITE} /Range [-100 100 -100 100]>>]", "40 20 20"),
    "ICC grey": ("icc:grey", "0.4"),
    "ICC RGB": ("icc:sRGB", "0 0.2 0.4"),
    "ICC CMYK": ("icc:FOGRA29L_uncoated.icc", "0 0.2 0.4 0"),
    "DeviceGray": ("/DeviceGray", "0.4"),
    "DeviceCMYK": ("/DeviceCMYK", "0 0.2 0.4 0"),
    PROCESS_INK: ("[/Separation /Black /DeviceCMYK " + tint("0 0 0 1") + "]", "0.4"),
}
DEVICE_RGB = ("x4/colour", "R0001")


def path(name: str) -> Draft:
    value, components = SPACES[name]
    return draft(block(f"/P cs {components} scn"), space("P", value))


def pixels(name: str) -> Draft:
    return draft(drawn("J", 4, 4), picture("J", (60, 60), SPACES[name][0]))


def indexed(name: str) -> Draft:
    """Return an image whose pixels are one number of an index."""
    value = SPACES[name][0]
    parts = 4 if name == "DeviceCMYK" else 3
    return draft(drawn("J", 4, 4), picture("J", (60, 60), f"[/Indexed {value} 0 <{'00' * parts}>]"))


def device_rgb(row: Row) -> Iterator[Sample]:
    image = draft(drawn("J", 4, 4), picture("J", (60, 60), "/DeviceRGB"))
    yield row.breaks("an image in DeviceRGB", image, also=DEVICE_RGB)
    yield row.breaks("a path in DeviceRGB", draft(block("0 0.2 0.4 rg")), also=DEVICE_RGB)


def fallen(name: str) -> str:
    """Return a spot colour that falls back to another space, written as PDF; ICC by a name of its own."""
    parts = len(SPACES[name][1].split())
    function = f"<</FunctionType 2 /Domain [0 1] /C0 [{'0 ' * parts}] /C1 [{'1 ' * parts}] /N 1>>"
    return f"spot:{SPACES[name][0]}|{function}"


def judged(
    row: Row, paths: tuple[str, ...], images: tuple[str, ...], alternates: tuple[str, ...]
) -> Iterator[Sample]:
    """Yield a path and an image in every space, and on every alternate space; those named break the rule."""
    yield from device_rgb(row)
    for name in (name for name in SPACES if name != PROCESS_INK):
        judge = row.breaks if name in alternates else row.passes
        shown = draft(block("/P cs 0.4 scn"), space("P", fallen(name)))
        yield judge(f"black by its name, on {name}", shown)
    unlike = tint("0 0 0").replace("0 0 0 0", "1 1 1")
    fallback = draft(block("/P cs 0.4 scn"), space("P", f"[/Separation /Black /DeviceRGB {unlike}]"))
    yield row.breaks("black by its name, on DeviceRGB", fallback, also=DEVICE_RGB)
    for name in SPACES:
        judge = row.breaks if name in paths else row.passes
        yield judge(f"a path in {name}", path(name))
        judge = row.breaks if name in images else row.passes
        yield judge(f"an image in {name}", pixels(name))
    for name in ("CalRGB", "DeviceCMYK"):
        judge = row.breaks if name in images else row.passes
        yield judge(f"an index of {name}", indexed(name))


MANAGED = ("CalRGB", "CalGray", "Lab", "ICC grey", "ICC RGB", "ICC CMYK")


@cases("R0027")
def early(row: Row) -> Iterator[Sample]:
    yield from judged(row, MANAGED, MANAGED, tuple(name for name in MANAGED if name != "Lab"))
    default = draft(block("0 0.2 0.4 rg"), space("DefaultRGB", "icc:sRGB"))
    yield row.breaks("a path in DeviceRGB with a default", default)


@cases("R0028")
def intermediate(row: Row) -> Iterator[Sample]:
    unbound = ("CalGray", "ICC grey", "ICC CMYK")
    yield from judged(row, MANAGED, unbound, unbound)


@cases("R0029")
def late(row: Row) -> Iterator[Sample]:
    unbound = ("CalGray", "ICC grey")
    yield from judged(row, ("CalRGB", *unbound, "ICC CMYK"), unbound, unbound)
