"""Read and write page content with its graphics state."""

# importing a module of operators registers them
from printkit.content import graphics as graphics
from printkit.content import marked as marked
from printkit.content import text as text
from printkit.content.colour import CMYK, GRAY, Colour, Space, space_of
from printkit.content.elements import Look, PageElements
from printkit.content.faults import UNFINISHED, Fault, Trouble, heard
from printkit.content.fonts import Font
from printkit.content.images import image_facts, image_filters, image_space, jpx_of
from printkit.content.lab import lab_frame
from printkit.content.layers import leave_out_steps, read_layers, step_of, without_steps
from printkit.content.machine import Machine, Shared
from printkit.content.matrix import Matrix
from printkit.content.nested import tile_of, visit
from printkit.content.objects import (
    EVERYWHERE,
    BadOperand,
    ContentError,
    TooMuch,
    entry,
    items_of,
    number,
    numbers,
    rect_of,
    text_of,
)
from printkit.content.parsing import MOST_OPERATORS
from printkit.content.plain import PlainStates, plain_key, plain_states
from printkit.content.reading import Reader
from printkit.content.rewrite import Attention, Change, Step, instruction, rewrite
from printkit.content.state import GLYPH, Context, Element, Kind, Nested, State
from printkit.content.walk import DEEPEST_TREE, instructions, page_box, read_page, resources_of, walk

__all__ = [
    "CMYK",
    "DEEPEST_TREE",
    "EVERYWHERE",
    "GLYPH",
    "GRAY",
    "MOST_OPERATORS",
    "UNFINISHED",
    "Attention",
    "BadOperand",
    "Change",
    "Colour",
    "ContentError",
    "Context",
    "Element",
    "Fault",
    "Font",
    "Kind",
    "Look",
    "Machine",
    "Matrix",
    "Nested",
    "PageElements",
    "PlainStates",
    "Reader",
    "Shared",
    "Space",
    "State",
    "Step",
    "TooMuch",
    "Trouble",
    "entry",
    "heard",
    "image_facts",
    "image_filters",
    "image_space",
    "instruction",
    "instructions",
    "items_of",
    "jpx_of",
    "lab_frame",
    "leave_out_steps",
    "number",
    "numbers",
    "page_box",
    "plain_key",
    "plain_states",
    "read_layers",
    "read_page",
    "rect_of",
    "resources_of",
    "rewrite",
    "space_of",
    "step_of",
    "text_of",
    "tile_of",
    "visit",
    "walk",
    "without_steps",
]
