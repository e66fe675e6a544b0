"""Templates: a manifest of typed slots, and the binding of values to them."""

from printkit.template.bind import bind, check_values, codes_at_site
from printkit.template.form import Forms, form_schema, load_forms, said_in
from printkit.template.load import check_designs, list_templates, load_template, template_schema, texts_schema
from printkit.template.manifest import SLOT_KINDS, Fit, Layout, Slot, Template
from printkit.template.readings import READINGS, Readings, after_reading
from printkit.template.request import Artwork, BindRequest, CodeLink
from printkit.template.slot_check import SlotCheck
from printkit.template.values import ValueProblem

__all__ = [
    "READINGS",
    "SLOT_KINDS",
    "Artwork",
    "BindRequest",
    "CodeLink",
    "Fit",
    "Forms",
    "Layout",
    "Readings",
    "Slot",
    "SlotCheck",
    "Template",
    "ValueProblem",
    "after_reading",
    "bind",
    "check_designs",
    "check_values",
    "codes_at_site",
    "form_schema",
    "list_templates",
    "load_forms",
    "load_template",
    "said_in",
    "template_schema",
    "texts_schema",
]
