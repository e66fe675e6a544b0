"""Have the parsers beneath the layout engine keep what they would work out anew each time."""

import contextlib
import re
from typing import Any

# A type of C as WeasyPrint asks for it: so many of one kind in a row, without a number as many as are given
_ROW = re.compile(r"(?P<one>\w+)\[(?P<count>\d*)\]")

# What every layout asks for. They are read at once, so that the names they stand behind are read but once.
_ASKED_FOR = (
    "PangoFcFontMap *",
    "FcChar8 **",
    "PangoRectangle *",
    "PangoLogAttr *",
    "char *",
    "unsigned int *",
    "hb_tag_t *",
    "hb_codepoint_t *",
)


class _Patterns(dict[tuple[Any, bool], re.Pattern[str]]):
    """Hold a pattern for each set of characters, by which tinyhtml5 (2.1) reads up to one of them.

    It keeps them too, but under a key that nothing asks for, and so joins each anew: a fifth of reading a
    page.
    """

    def __missing__(self, key: tuple[Any, bool]) -> re.Pattern[str]:
        characters, opposite = key
        listed = "".join(f"\\x{ord(character):02x}" for character in characters)
        found = self[key] = re.compile(f"[{'' if opposite else '^'}{listed}]+")
        return found


class _Types(dict[str, tuple[Any, bool]]):
    """Hold the types of C that were asked for, and make those of rows from the type of one.

    cffi has its parser of C read each by its name, behind all names that it knows: 2 ms each. Rows as long as
    a font has glyphs are of another type in every layout.
    """

    def __init__(self, ffi: Any) -> None:
        super().__init__(ffi._parsed_types)
        self._ffi = ffi

    def __missing__(self, name: str) -> tuple[Any, bool]:
        row = _ROW.fullmatch(name)
        if row is None:
            # By this the library knows that it has to read the name itself.
            raise KeyError(name)
        one = self._ffi.typeof(f"{row['one']} *")
        count = int(row["count"]) if row["count"] else None
        return self._ffi._backend.new_array_type(one, count), False


def keep_parsed(inputstream: Any, ffi: Any) -> None:
    """Have `tinyhtml5.inputstream` and WeasyPrint's `ffi` keep patterns and types.

    Neither promises where it keeps them: a version that has another place works as it came, only slower.
    """
    if hasattr(inputstream, "characters_until_regex"):
        inputstream.characters_until_regex = _Patterns()
    # What cffi raises for a type that is not there has no name that WeasyPrint passes on.
    with contextlib.suppress(Exception):
        kinds = ffi.typeof(f"void (*)({', '.join(_ASKED_FOR)})").args
        known = _Types(ffi)
        known.update((name, (kind, False)) for name, kind in zip(_ASKED_FOR, kinds, strict=True))
        ffi._parsed_types = known
