"""One piece end to end: bind, render, separate, finish, preflight; each layout once."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from printkit.produce.maker import Maker, Order
from printkit.produce.product import Begun, Inputs, Piece, PlacedCode, Product, Variant
from printkit.produce.versions import engine_versions

if TYPE_CHECKING:
    from printkit.produce.master import Master

__all__ = [
    "Begun",
    "Inputs",
    "Maker",
    "Master",
    "Order",
    "Piece",
    "PlacedCode",
    "Product",
    "Variant",
    "engine_versions",
]


def __getattr__(name: str) -> Any:
    """Load a master's module, and the engines with it, once it is asked for."""
    if name == "Master":
        return import_module("printkit.produce.master").Master
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
