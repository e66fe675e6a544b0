"""The hash of a piece's inputs, by parts that a person can name."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from printkit.produce.product import SHORT
from printkit.produce.versions import engine_versions, program_digest
from printkit.profiles import Profiles, Waiver
from printkit.template import Artwork, CodeLink


def hash_parts(artwork: Artwork, profiles: Profiles, beside: Mapping[str, str]) -> dict[str, str]:
    """Return the parts that all sites of a piece share, with those that the artwork does not name."""
    files = artwork.inputs
    return {
        "title": _digest(artwork.title),
        "texts": _digest([artwork.html, artwork.language, artwork.specimen]),
        "template": _digest({name: files[name] for name in files if name.startswith("templates/")}),
        "assets": _digest({name: files[name] for name in files if not name.startswith("templates/")}),
        "format": _digest(artwork.format.model_dump(mode="json")),
        "press": _digest(artwork.press.model_dump(mode="json", exclude={"waivers"})),
        "brand": _digest(profiles.brand.model_dump(mode="json")),
        "code rules": _digest(profiles.codes.model_dump(mode="json")),
        "check rules": _digest([profiles.gwg.model_dump_json(), profiles.product.model_dump_json()]),
        # What stops a rule decides over a piece as the rules do.
        "check limits": _digest(profiles.limits.model_dump(mode="json")),
        "layout": artwork.layout_key,
        "unconfirmed values": _digest(artwork.unconfirmed),
        "engines": _digest(dict(engine_versions())),
        "program": program_digest(),
        **beside,
    }


def hash_all(parts: Mapping[str, str]) -> str:
    """Return one hash of all parts."""
    return _digest(dict(parts))


def hash_piece(
    piece: str, links: Iterable[CodeLink], waivers: Iterable[Waiver], shared: str
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a piece's key and, shortened, those parts of it that are its own; `shared` is of all others."""
    own = {
        "codes": _digest([asdict(link) for link in links]),
        "waivers": _digest([waiver.model_dump(mode="json") for waiver in waivers]),
    }
    return _digest([piece, own, shared]), tuple(shortened(own).items())


def shortened(parts: Mapping[str, str]) -> dict[str, str]:
    """Return as much of each hash as tells which part changed."""
    return {name: digest[:SHORT] for name, digest in sorted(parts.items())}


def _digest(data: Any) -> str:
    return sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
