"""Print ids: short names of a code in its place that a person can read out over the telephone."""

from collections.abc import Iterable
from hashlib import sha256

from printkit.qr.address import CodeProblem
from printkit.words import Message

# Without 0 O Q D, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V: no sign that is left looks like another.
ALPHABET = "3479ACEFHJKMNPRTWXY"
FIRST, SECOND = 3, 4
# Every sign that a print id can hold
ID_SIGNS = ALPHABET + "-"


def print_id(*names: str) -> str:
    """Return an id like `K7M-4RFX`; the same names in the same order always give the same id."""
    # Parted by what no name holds, so that ab and c are not a and bc.
    key = "\0".join(names).encode()
    number = int.from_bytes(sha256(key).digest()) % len(ALPHABET) ** (FIRST + SECOND)
    signs = []
    for _ in range(FIRST + SECOND):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs[:FIRST]) + "-" + "".join(signs[FIRST:])


def check_collisions(ids: Iterable[tuple[str, str]]) -> None:
    """Raise CodeProblem that names all owners who share a print id; `ids` are pairs of owner and id.

    There are 894 million ids, so among 9,000 two are alike in one campaign of twenty.
    """
    owners: dict[str, set[str]] = {}
    for owner, code in ids:
        owners.setdefault(code, set()).add(owner)
    shared = [f"{code}: {_listed(names)}" for code, names in sorted(owners.items()) if len(names) > 1]
    if shared:
        raise CodeProblem(
            Message("print ids collide, change the edition: %(shared)s", shared="; ".join(shared))
        )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
