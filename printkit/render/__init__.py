"""Layout by WeasyPrint: artwork in, sRGB PDF out, with text fitted and every place checked."""

from printkit.render.added_css import Setting
from printkit.render.layout import LaidOut, Memory, render
from printkit.render.slots import SlotBox

__all__ = ["LaidOut", "Memory", "Setting", "SlotBox", "render"]
