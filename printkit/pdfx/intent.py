"""The output intent."""

from dataclasses import dataclass
from functools import lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from printkit.errors import RenderError
from printkit.pdfx.stream import packed
from printkit.words import Message

# ICC.1, profile header: byte positions of class, colour space and signature
CLASS, SPACE, SIGNATURE = slice(12, 16), slice(16, 20), slice(36, 40)


@dataclass(frozen=True)
class OutputIntent:
    """Name a printing condition and hold its ICC profile."""

    profile: bytes
    identifier: str
    info: str
    registry: str | None = None


def set_intent(pdf: Pdf, intent: OutputIntent) -> None:
    """Make `intent` the document's only output intent."""
    _check_profile(intent)
    profile = pikepdf.Stream(pdf, _compressed(intent.profile), Filter=Name.FlateDecode, N=4)
    entry = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=intent.identifier,
        Info=intent.info,
        DestOutputProfile=pdf.make_indirect(profile),
    )
    # Only identifiers that the registry lists may name it; for others Info says what is meant
    if intent.registry:
        entry.RegistryName = intent.registry
    pdf.Root.OutputIntents = Array([pdf.make_indirect(entry)])


def _check_profile(intent: OutputIntent) -> None:
    header = intent.profile
    if (header[CLASS], header[SPACE], header[SIGNATURE]) != (b"prtr", b"CMYK", b"acsp"):
        raise RenderError(
            Message(
                "the ICC profile for %(identifier)s is of class %(kind)s and space %(space)s; "
                "an output intent needs a CMYK printer profile (class prtr)",
                identifier=intent.identifier,
                kind=repr(header[CLASS]),
                space=repr(header[SPACE]),
            )
        )


# The profile is most of a small file, and all files of a press have the same: packed once a worker, by
# libdeflate in a quarter of zlib's time
@lru_cache(maxsize=8)
def _compressed(profile: bytes) -> bytes:
    return packed(profile)
