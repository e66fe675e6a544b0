"""PDF/X-4: colour spaces under the output intent. Restated from public manuals."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from pikepdf import Array, Stream

from printkit.content import Space
from printkit.preflight.colours import used_spaces
from printkit.preflight.registry import Hit, rule
from printkit.preflight.subject import Subject
from printkit.preflight.x4_file import X4
from printkit.preflight.x4_page import CMYK_PROFILE, header_space, intents

# The device space that an output intent's profile stands for, by the name in its header
OF_INTENT = {CMYK_PROFILE: "DeviceCMYK", b"RGB ": "DeviceRGB", b"GRAY": "DeviceGray"}


@rule("x4/colour", "error", X4)
def colour(subject: Subject) -> Iterator[Hit]:
    """Colours are legal under the output intent, with CMYK no RGB without DefaultRGB: convert at export."""
    profiles = [intent.get("/DestOutputProfile") for intent in intents(subject)]
    law = _Law([profile for profile in profiles if isinstance(profile, Stream)])
    for used in used_spaces(subject):
        for fault in law.faults(used.space):
            yield Hit(f"{used.what} {fault}", used.page, used.box_mm)


class _Judged(NamedTuple):
    """Hold what is wrong with a space; the space is kept, so that its id stays its own."""

    space: Space
    faults: tuple[str, ...]


class _Law:
    """Judge colour spaces by the output intents' profiles, each once."""

    def __init__(self, profiles: list[Stream]) -> None:
        self.digests = set(map(_digest, profiles))
        spaces = {OF_INTENT.get(header_space(profile), "") for profile in profiles}
        # without a profile, which is an error of its own, as if it were a press's
        self.legal = {"DeviceGray"} | (spaces or {"DeviceCMYK"})
        self._judged: dict[int, _Judged] = {}
        self._same: dict[tuple[int, int], bool] = {}

    def faults(self, space: Space) -> tuple[str, ...]:
        if id(space) not in self._judged:
            self._judged[id(space)] = _Judged(space, tuple(self._faults(space)))
        return self._judged[id(space)].faults

    def _faults(self, space: Space) -> Iterator[str]:
        for one, how in _chain(space):
            if one.device and one.default is None and one.family not in self.legal:
                yield f"{how}in {one.family}"
            if one.family == "ICCBased" and one.size == 4 and self._is_intent(one.source):
                yield f"{how}in the output intent's own profile"

    def _is_intent(self, source: Any) -> bool:
        stream = source[1] if isinstance(source, Array) else None
        if not isinstance(stream, Stream):
            return False
        if stream.objgen not in self._same:
            self._same[stream.objgen] = _digest(stream) in self.digests
        return self._same[stream.objgen]


def _chain(space: Space, how: str = "") -> Iterator[tuple[Space, str]]:
    """Yield a space and those it stands on, with how they are used; a profile's alternate is not used."""
    yield space, how
    if space.base is not None and space.family in ("Indexed", "Pattern"):
        yield from _chain(space.base, how)
    if space.base is not None and space.family in ("Separation", "DeviceN"):
        yield from _chain(space.base, "in a spot colour with its alternate ")


def _digest(stream: Stream) -> bytes:
    return sha256(stream.read_bytes()).digest()
