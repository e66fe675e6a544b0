"""PDF/X-4: colour spaces under the output intent. Restated from public manuals."""

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from pikepdf import Array, Stream

from printkit.content import BadOperand, Space, space_of
from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.seen.colours import used_spaces
from printkit.preflight.x4.file import X4
from printkit.preflight.x4.page import CMYK_PROFILE, header_space, intent_data, intents, profile_fault
from printkit.streams import data_of
from printkit.words import Message

PDF = "ISO 32000-1"
# The device space that an output intent's profile stands for, by the name in its header
OF_INTENT = {CMYK_PROFILE: "DeviceCMYK", b"RGB ": "DeviceRGB", b"GRAY": "DeviceGray"}


@rule("x4/colour", "error", X4)
def colour(subject: Subject) -> Iterator[Hit]:
    """Colours are legal under the output intent, with CMYK no RGB without DefaultRGB: convert at export."""
    profiles = [intent.get("/DestOutputProfile") for intent in intents(subject)]
    law = _Law([intent_data(subject, profile) for profile in profiles if isinstance(profile, Stream)])
    for used in used_spaces(subject):
        for fault in law.faults(used.space):
            yield Hit(
                Message("%(what)s %(fault)s", what=used.what, fault=fault),
                used.page,
                used.box_mm,
                count=used.count,
            )


@rule("x4/profiles", "error", PDF)
def profiles(subject: Subject) -> Iterator[Hit]:
    """Each colour's profile can be read, and has the components that its N says: embed it anew."""
    faults: dict[tuple[int, int], str] = {}
    for used in used_spaces(subject):
        for profile in map(_profile, _spaces(used.space)):
            if profile is not None and profile.objgen not in faults:
                # Each profile once: many files name one for every image
                faults[profile.objgen] = profile_fault(profile)
            fault = faults[profile.objgen] if profile is not None else ""
            if fault:
                yield Hit(
                    Message("%(what)s in a space whose profile %(fault)s", what=used.what, fault=fault),
                    used.page,
                    used.box_mm,
                )


class _Judged(NamedTuple):
    """What is wrong with a space; the space is kept, so that its id stays its own."""

    space: Space
    faults: tuple[str, ...]


class _Law:
    """Judge colour spaces by what the output intents' profiles unpack to, each once."""

    def __init__(self, profiles: list[bytes]) -> None:
        self.digests = {sha256(profile).digest() for profile in profiles}
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
            default = _default(one)
            if one.device and default is None and one.family not in self.legal:
                broken = (
                    "" if one.default is None else Message(", whose default space is none that PDF knows")
                )
                yield Message("%(how)sin %(family)s%(broken)s", how=how, family=one.family, broken=broken)
            # The same inks under another name: they would be converted to themselves, or not, as the RIP
            # likes
            if one.family == "ICCBased" and one.size == 4 and self._is_intent(one):
                yield Message("%(how)sin the output intent's own profile", how=how)
            if default is not None and default.size == 4 and self._is_intent(default):
                yield Message(
                    "%(how)sin %(family)s that stands for the output intent's own profile (DefaultCMYK)",
                    how=how,
                    family=one.family,
                )

    def _is_intent(self, space: Space) -> bool:
        stream = _profile(space)
        if stream is None:
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
        yield from _chain(space.base, Message("in a spot colour with its alternate "))


def _spaces(space: Space) -> Iterator[Space]:
    """Yield a space, those it stands on, and the default spaces of those."""
    for one, _ in _chain(space):
        yield one
        default = _default(one)
        if default is not None:
            yield default


def _default(space: Space) -> Space | None:
    """Return what a device space stands for where a default space is named; None for no space."""
    try:
        return None if space.default is None else space_of(space.default, None)
    except BadOperand:
        return None


def _profile(space: Space) -> Stream | None:
    stream = space.source[1] if space.family == "ICCBased" and isinstance(space.source, Array) else None
    return stream if isinstance(stream, Stream) else None


def _digest(stream: Stream) -> bytes:
    return sha256(data_of(stream)).digest()
