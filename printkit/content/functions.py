"""Whether functions, such as those of spot colours and gradients, have what it takes to work them out."""

from typing import Any

import pikepdf

from printkit.content.objects import BadOperand, entry, items_of, numbers

# ISO 32000-1, Table 38: types of functions. Samples and programs are streams with a Range; functions that are
# stitched together may nest, as nobody writes them deeper
_SAMPLED, _EXPONENTIAL, _STITCHING, _PROGRAM = 0, 2, 3, 4
_DEEPEST = 8


def is_function(source: Any, inputs: int, outputs: int, depth: int = 0) -> bool:
    """Tell whether it is a function of so many numbers that gives so many."""
    kind = entry(source, "/FunctionType")
    if kind is None or _pairs(source, "/Domain") != inputs or depth > _DEEPEST:
        return False
    if kind in (_SAMPLED, _PROGRAM):
        return isinstance(source, pikepdf.Stream) and _pairs(source, "/Range") == outputs
    if kind == _EXPONENTIAL:
        # One number is what stands for an end that is left out (Table 40)
        ends = [len(items_of(source[key])) if key in source else 1 for key in ("/C0", "/C1")]
        return ends == [outputs, outputs]
    parts = items_of(entry(source, "/Functions")) if kind == _STITCHING else []
    return bool(parts) and all(is_function(part, 1, outputs, depth + 1) for part in parts)


def are_functions(source: Any, inputs: int, outputs: int) -> bool:
    """Tell whether it is such a function, or a list of functions that give a number each (Table 79)."""
    parts = items_of(source)
    if parts:
        return len(parts) == outputs and all(is_function(part, inputs, 1) for part in parts)
    return is_function(source, inputs, outputs)


def _pairs(source: Any, key: str) -> int:
    try:
        return len(numbers(entry(source, key))) // 2
    except BadOperand:
        return 0
