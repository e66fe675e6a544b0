"""Find forms that call themselves."""

from typing import Any

import pikepdf

from printkit.content.objects import Key, entry
from printkit.content.walk import resources_of

_KINDS = ("/XObject", "/Pattern")


def loops(page: pikepdf.Page) -> bool:
    """Tell whether a form or pattern of a page has itself among its resources, directly or by others."""
    done: set[Key] = set()
    open_: set[Key] = set()
    # each stream comes twice: when it is entered, and when all that it uses is done
    stack: list[tuple[Any, bool]] = [(one, False) for one in _used(resources_of(page))]
    while stack:
        stream, left = stack.pop()
        key = stream.objgen
        if left:
            open_.discard(key)
            done.add(key)
        elif key in open_:
            return True
        elif key not in done:
            open_.add(key)
            stack.append((stream, True))
            stack += [(one, False) for one in _used(entry(stream, "/Resources"))]
    return False


def _used(resources: Any) -> list[Any]:
    holders = [entry(resources, kind) for kind in _KINDS]
    things = [
        thing for holder in holders if isinstance(holder, pikepdf.Dictionary) for _, thing in holder.items()
    ]
    return [one for one in things if isinstance(one, pikepdf.Stream) and entry(one, "/Subtype") != "/Image"]
