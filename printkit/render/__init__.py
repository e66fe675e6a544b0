"""Layout by WeasyPrint: artwork in, sRGB PDF out, with text fitted and every place checked."""

from printkit.render.layout import Layout, Memory, render
from printkit.render.sheet import Setting, variables
from printkit.render.slots import SlotBox

__all__ = ["Layout", "Memory", "Setting", "SlotBox", "render", "variables"]
