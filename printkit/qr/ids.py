"""Print ids: short names of a piece's place and edition that a person can read out over the telephone."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from printkit.qr.address import CodeProblem

# Without 0 O Q D, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V: no sign that is left looks like another.
ALPHABET = "3479ACEFHJKMNPRTWXY"
FIRST, SECOND = 3, 4
# Every sign that a print id can hold
ID_SIGNS = ALPHABET + "-"


def print_id(committee: str, site: str, edition: str) -> str:
    """Return an id like `K7M-4RFX`; the same three names always give the same id."""
    key = "\0".join((committee, site, edition)).encode()
    number = int.from_bytes(sha256(key).digest())
    signs = []
    for _ in range(FIRST + SECOND):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs[:FIRST]) + "-" + "".join(signs[FIRST:])


def check_collisions(ids: Mapping[str, str]) -> None:
    """Raise CodeProblem naming all owners (keys of `ids`) that share a print id."""
    owners: dict[str, list[str]] = {}
    for owner, code in ids.items():
        owners.setdefault(code, []).append(owner)
    shared = [f"{code}: {_listed(names)}" for code, names in sorted(owners.items()) if len(names) > 1]
    if shared:
        raise CodeProblem(f"print ids collide, change the edition: {'; '.join(shared)}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
