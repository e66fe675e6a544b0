"""One piece end to end: bind, render, separate, finish, preflight; each layout once."""

from printkit.produce.maker import Maker
from printkit.produce.product import Begun, Inputs, Piece, PlacedCode, Product, Variant
from printkit.produce.production import Production
from printkit.produce.versions import engine_versions

__all__ = [
    "Begun",
    "Inputs",
    "Maker",
    "Piece",
    "PlacedCode",
    "Product",
    "Production",
    "Variant",
    "engine_versions",
]
