"""QR codes: addresses, symbols, their outline, their place on a page, print ids, and reading them back."""

from printkit.qr.address import CodeProblem, address, check_address
from printkit.qr.box import Code, CodeBox, CodeFigures, CodeGeometry
from printkit.qr.ids import ID_SIGNS, check_collisions, print_id
from printkit.qr.outline import symbol_path
from printkit.qr.reading import Reading, read, sample
from printkit.qr.symbol import Matrix, Symbol, capacity, make_symbol, modules_of

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
    "make_symbol",
    "modules_of",
    "print_id",
    "read",
    "sample",
    "symbol_path",
]
