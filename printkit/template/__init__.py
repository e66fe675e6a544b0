"""Templates: a manifest of typed slots, and the binding of values to them."""

from printkit.template.bind import bind
from printkit.template.load import list_templates, load_template, template_schema
from printkit.template.manifest import SLOT_KINDS, Fit, Layout, Slot, Template
from printkit.template.request import Artwork, BindRequest, CodeLink, SlotText

__all__ = [
    "SLOT_KINDS",
    "Artwork",
    "BindRequest",
    "CodeLink",
    "Fit",
    "Layout",
    "Slot",
    "SlotText",
    "Template",
    "bind",
    "list_templates",
    "load_template",
    "template_schema",
]
