"""What proofs show; light, so that who only puts it together does not load what draws it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PagePicture:
    """Show a page to people: as PNG, as the JPEG that books have, as the small one of the contact sheet."""

    png: bytes
    jpeg: bytes
    thumbnail: bytes


@dataclass(frozen=True)
class Stamp:
    """Set a word across a page's picture; `font` is a TrueType file."""

    word: str
    font: bytes


@dataclass(frozen=True)
class ProofFonts:
    """Three TrueType fonts: for heads, for text and for what stands out in it."""

    head: bytes
    text: bytes
    strong: bytes


@dataclass(frozen=True)
class Delivery:
    """Name where a piece goes: how many, and the print id of its code."""

    name: str
    quantity: int
    print_ids: tuple[str, ...]


@dataclass(frozen=True)
class Afar:
    """Show the first page as it is seen from some metres: its width in mm on a sheet held at arm's length."""

    metres: float
    width_mm: float


@dataclass(frozen=True)
class Leaf:
    """Show one layout: pages as PNG or its JPEG, texts by labels, addresses, places, what is not in order."""

    title: str
    detail: str
    pages: tuple[bytes, ...]
    texts: tuple[tuple[str, str], ...]
    addresses: tuple[str, ...]
    places: tuple[Delivery, ...]
    remarks: tuple[str, ...] = ()
    # The nearest distance first
    afar: tuple[Afar, ...] = ()


@dataclass(frozen=True)
class ProofBook:
    """One committee's proof; `lines` say on the cover what is asked of the reader, in `language`."""

    title: str
    subtitle: str
    lines: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    language: str


@dataclass(frozen=True)
class Statement:
    """An account's statement: sums by name, then rows of day, what, order and three sums, all in words."""

    title: str
    subtitle: str
    figures: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class OrderSheet:
    """An order for the archive: sums by name, parts of a head and rows each, pages as PNG by name."""

    title: str
    subtitle: str
    figures: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    pages: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Tile:
    """Show one layout: its pages as small JPEG, a caption, a second line; `held` is marked."""

    group: str
    pages: tuple[bytes, ...]
    caption: str
    detail: str
    held: bool = False


@dataclass(frozen=True)
class ContactSheet:
    """All layouts of a run at a glance."""

    title: str
    subtitle: str
    tiles: tuple[Tile, ...]
