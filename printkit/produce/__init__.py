"""One piece end to end: bind, render, separate, finish, preflight; each layout once."""

from printkit.produce.maker import Maker, Order
from printkit.produce.product import Inputs, Piece, PlacedCode, Product
from printkit.produce.versions import engine_versions

__all__ = ["Inputs", "Maker", "Order", "Piece", "PlacedCode", "Product", "engine_versions"]
