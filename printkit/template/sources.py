"""The files that a page is made of, found by following every address in HTML, CSS and SVG."""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from printkit.errors import WorkspaceError
from printkit.words import Message
from printkit.workspace import Workspace

# The values of src, href and data attributes, url(...) and @import "..."
_ADDRESS = re.compile(
    r"""(?:\b(?:src|href|data|poster)\s*=\s*|\burl\(\s*|@import\s+(?!url\())(?:"([^"]*)"|'([^']*)'|([^\s"'()>;]+))""",
    re.IGNORECASE,
)
# So many style sheets and drawings are remembered by what they hold
KEPT = 64
# So much of an address is shown
MOST_SHOWN = 200
TEXTS = frozenset({".css", ".html", ".svg"})


def follow(workspace: Workspace, starts: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Return every file that texts (file, text) lead to, and what it holds.

    What is not there or lies outside is left out: laying out names it where it is asked for.
    """
    found: dict[str, bytes] = {}
    # By regular expressions, which find too much and miss what a script of CSS puts together; what laying out
    # really read is noted there and decides
    waiting = [(file, address) for file, text in starts for address in addresses(text)]
    while waiting:
        source, address = waiting.pop()
        file = local_file(source, address)
        content = _content(workspace, file) if file and file not in found else None
        if file is None or content is None:
            continue
        found[file] = content
        if PurePosixPath(file).suffix in TEXTS:
            waiting += [(file, other) for other in _addresses_in(content)]
    return dict(sorted(found.items()))


def addresses(text: str) -> Iterator[str]:
    """Yield the addresses that a page, style sheet or drawing names."""
    for found in _ADDRESS.finditer(text):
        yield next(group for group in found.groups() if group is not None)


# A town's drawings are looked through for each piece and each of its pictures.
@lru_cache(maxsize=KEPT)
def _addresses_in(content: bytes) -> tuple[str, ...]:
    return tuple(addresses(content.decode("utf-8", "replace")))


def outside(source: str, address: str) -> WorkspaceError:
    """Return the complaint that an address in file `source` leads out of the workspace."""
    if address.lstrip().lower().startswith("data:"):
        # What stands behind the comma is nothing that anybody reads
        kind = address.strip().partition(",")[0]
        return WorkspaceError(
            source,
            None,
            Message(
                "the address %(url)s,... holds no picture that is read; save it as a file of its own",
                url=kind[:MOST_SHOWN],
            ),
        )
    reason = Message(
        "the address %(url)s lies outside the workspace; nothing is fetched from elsewhere",
        url=address[:MOST_SHOWN],
    )
    return WorkspaceError(source, None, reason)


def local_file(source: str, address: str) -> str | None:
    """Return the file that `address` in file `source` means; None for fragments and other places.

    An address that starts with / counts from the workspace. Raise WorkspaceError for one that is none.
    """
    try:
        parts = urlsplit(address.strip())
    # Brackets without an address of IPv6 in them, or signs that no host's name may hold: the layout engine
    # fails at it in words of its own
    except ValueError as error:
        raise outside(source, address) from error
    # Nothing is fetched from elsewhere: a piece depends on the workspace alone
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = unquote(parts.path)
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(source), path)
    normal = posixpath.normpath(joined)
    return None if normal.startswith("..") else normal


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _content(workspace: Workspace, file: str) -> bytes | None:
    try:
        return workspace.read_bytes(file) if workspace.has(file) else None
    except (WorkspaceError, ValueError):
        return None
