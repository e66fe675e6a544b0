"""Tell whether two PDF objects say the same, wherever in the file they stand."""

from collections.abc import Hashable
from hashlib import sha256
from typing import Any

from pikepdf import Array, Dictionary, Object, Stream

from printkit.content import text_of
from printkit.streams import data_of

Key = tuple[int, int]
# What differs between streams that hold the same bytes
STORAGE = {"/Length", "/Filter", "/DecodeParms", "/DL"}


class Sameness:
    """Give objects values that are equal where the objects say the same; each is looked through once."""

    def __init__(self) -> None:
        self._known: dict[Key, Hashable] = {}

    def of(self, value: Any) -> Hashable:
        """Return the value of an object; one that holds itself has the same value at each turn."""
        key = value.objgen if isinstance(value, Object) else (0, 0)
        if key == (0, 0):
            return self._value(value)
        if key not in self._known:
            # Before it is looked through, so that one which holds itself comes to an end
            self._known[key] = "itself"
            self._known[key] = self._value(value)
        return self._known[key]

    def _value(self, value: Any) -> Hashable:
        if isinstance(value, Array):
            return tuple(map(self.of, value))
        if isinstance(value, Stream):
            digest = sha256(data_of(value)).digest()
            return digest, self._entries(value, STORAGE)
        if isinstance(value, Dictionary):
            return self._entries(value, set())
        return text_of(value)

    def _entries(self, holder: Any, without: set[str]) -> Hashable:
        return tuple(sorted((key, self.of(item)) for key, item in holder.items() if key not in without))
