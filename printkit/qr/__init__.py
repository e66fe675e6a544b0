"""QR codes: addresses, symbols, their outline, their place on a page, print ids, and reading them back.

What loads an engine (outline, reading, symbol, zbar) is imported by its own name: a plan of a batch needs
addresses and places only.
"""

from printkit.qr.address import CodeProblem, address, check_address, check_length
from printkit.qr.box import Code, CodeBox, CodeGeometry
from printkit.qr.capacity import capacity, version_for
from printkit.qr.ids import ID_SIGNS, check_collisions, print_id
from printkit.qr.matrix import Matrix, modules_of

__all__ = [
    "ID_SIGNS",
    "Code",
    "CodeBox",
    "CodeGeometry",
    "CodeProblem",
    "Matrix",
    "address",
    "capacity",
    "check_address",
    "check_collisions",
    "check_length",
    "modules_of",
    "print_id",
    "version_for",
]
