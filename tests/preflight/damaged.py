"""Files that are broken, hostile or too large, and the check of any file at all."""

import zlib
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.preflight import Expected, Report, Specification, expected_of
from printkit.preflight.checks import check, take_inventory
from printkit.profiles import Profiles, load_profiles
from printkit.workspace import Workspace

ROOT = Path(__file__).parents[2]
MB = 1_000_000


@lru_cache
def profiles() -> Profiles:
    return load_profiles(Workspace(ROOT))


@lru_cache
def everything(variant: str = "packaging-offset") -> Expected:
    """Expect what makes most rules run."""
    specification = Specification(format=profiles().formats["flyer-a5"], variant=variant)
    return expected_of(profiles(), specification)


def looked_at(pdf: bytes, expected: Expected | None = None) -> Report:
    """Check a file in every way; whatever it is, the report can be written down."""
    expected = expected or everything()
    report = check(pdf, expected)
    assert report.as_dict()["verdict"] in ("pass", "warn", "not-checked", "fail", "unreadable")
    take_inventory(pdf, expected.limits)
    return report


def made(change: Callable[[pikepdf.Pdf, Any], object], content: bytes = b"0 0 9 9 re f") -> bytes:
    """Return a file of one page after a change to it."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(420, 595))
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(content)
        page.Resources = Dictionary()
        change(pdf, page)
        out = BytesIO()
        pdf.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            fix_metadata_version=False,
        )
    return out.getvalue()


@lru_cache
def bomb(megabytes: int, filler: bytes = b"0 0 m\n") -> bytes:
    """Return a little that decompresses to very much."""
    packer = zlib.compressobj(9)
    block = filler * (MB // len(filler))
    return b"".join([packer.compress(block) for _ in range(megabytes)]) + packer.flush()


def image(pdf: pikepdf.Pdf, data: bytes, width: int, height: int, **entries: Any) -> pikepdf.Stream:
    entries = {"ColorSpace": Name.DeviceCMYK, "BitsPerComponent": 8, "Filter": Name.FlateDecode, **entries}
    stream = pikepdf.Stream(pdf, data)
    common = {"Type": Name.XObject, "Subtype": Name.Image, "Width": width, "Height": height, **entries}
    stream.stream_dict = Dictionary({f"/{key}": value for key, value in common.items()})
    return stream


def shown(name: str, thing: Callable[[pikepdf.Pdf], Any]) -> bytes:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Resources.XObject = Dictionary({f"/{name}": pdf.make_indirect(thing(pdf))})

    return made(change, f"q 420 0 0 595 0 0 cm /{name} Do Q".encode())


# What stands where something else should
ODD = (b"/Wrong", b"(a)", b"-1", b"9223372036854775807", b"0.5", b"true", b"[]", b"[/a null]", b"<<>>")


def odd(text: bytes) -> Any:
    return pikepdf.Object.parse(text)


def nested(opening: bytes, closing: bytes, depth: int) -> bytes:
    return opening * depth + b"0" + closing * depth


def form(pdf: pikepdf.Pdf, content: bytes, **xobjects: Any) -> Any:
    stream = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 420, 595]))
    stream.Resources = Dictionary(XObject=Dictionary({f"/{key}": value for key, value in xobjects.items()}))
    return stream
