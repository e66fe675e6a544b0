"""The hash of a piece's inputs, by parts that a person can name."""

from collections.abc import Iterable, Mapping

from printkit.digest import digest_of
from printkit.produce.product import SHORT
from printkit.produce.versions import engine_versions, program_digest
from printkit.profiles import Profiles, Waiver
from printkit.template import Artwork, CodeLink


def hash_parts(artwork: Artwork, profiles: Profiles, beside: Mapping[str, str]) -> dict[str, str]:
    """Return the parts that all sites of a piece share, with those that the artwork does not name."""
    files = artwork.inputs
    return {
        "title": digest_of(artwork.title),
        "texts": digest_of([artwork.html, artwork.language, artwork.specimen]),
        "template": digest_of({name: files[name] for name in files if name.startswith("templates/")}),
        "assets": digest_of({name: files[name] for name in files if not name.startswith("templates/")}),
        # Waivers stay out of the press's part: they belong to single pieces, and one more of them must not
        # make all others anew
        "format": digest_of(artwork.format.model_dump(mode="json")),
        "press": digest_of(artwork.press.model_dump(mode="json", exclude={"waivers"})),
        "brand": digest_of(profiles.brand.model_dump(mode="json")),
        "code rules": digest_of(profiles.codes.model_dump(mode="json")),
        "check rules": digest_of([profiles.gwg.model_dump_json(), profiles.product.model_dump_json()]),
        # What stops a rule decides over a piece as the rules do.
        "check limits": digest_of(profiles.limits.model_dump(mode="json")),
        "layout": artwork.layout_key,
        "unconfirmed values": digest_of(artwork.unconfirmed),
        # Another Pango breaks lines elsewhere, another libdeflate packs other bytes
        "engines": digest_of(dict(engine_versions())),
        "program": program_digest(),
        **beside,
    }


def hash_all(parts: Mapping[str, str]) -> str:
    """Return one hash of all parts."""
    return digest_of(dict(parts))


def hash_piece(
    piece: str, links: Iterable[CodeLink], waivers: Iterable[Waiver], shared: str
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a piece's key and, shortened, those parts of it that are its own; `shared` is of all others."""
    own = {
        "codes": digest_of([vars(link) for link in links]),
        "waivers": digest_of([waiver.model_dump(mode="json") for waiver in waivers]),
    }
    return digest_of([piece, own, shared]), tuple(shortened(own).items())


def shortened(parts: Mapping[str, str]) -> dict[str, str]:
    """Return as much of each hash as tells which part changed."""
    return {name: digest[:SHORT] for name, digest in sorted(parts.items())}
