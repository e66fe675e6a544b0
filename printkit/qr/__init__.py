"""QR codes: addresses, symbols, their outline, their place on a page, print ids, and reading them back."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from printkit.qr.address import CodeProblem, address, check_address
from printkit.qr.box import Code, CodeBox, CodeFigures, CodeGeometry
from printkit.qr.capacity import capacity, version_for
from printkit.qr.ids import ID_SIGNS, check_collisions, print_id
from printkit.qr.matrix import Matrix, Symbol, modules_of

if TYPE_CHECKING:
    from printkit.qr.outline import symbol_path
    from printkit.qr.reading import Reading, differing, read, read_texts, sample
    from printkit.qr.symbol import make_symbol
    from printkit.qr.zbar import read_again, second_reader_version

__all__ = [
    "ID_SIGNS",
    "Code",
    "CodeBox",
    "CodeFigures",
    "CodeGeometry",
    "CodeProblem",
    "Matrix",
    "Reading",
    "Symbol",
    "address",
    "capacity",
    "check_address",
    "check_collisions",
    "differing",
    "make_symbol",
    "modules_of",
    "print_id",
    "read",
    "read_again",
    "read_texts",
    "sample",
    "second_reader_version",
    "symbol_path",
    "version_for",
]

# Modules that load engines, and what they give: loaded once one of these names is asked for, because a
# plan of a batch needs addresses and places only
_LATER = {
    "outline": ("symbol_path",),
    "reading": ("Reading", "differing", "read", "read_texts", "sample"),
    "symbol": ("make_symbol",),
    "zbar": ("read_again", "second_reader_version"),
}


def __getattr__(name: str) -> Any:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
