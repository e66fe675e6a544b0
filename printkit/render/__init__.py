"""Layout by WeasyPrint: artwork in, sRGB PDF out, with text fitted and every place checked."""

from printkit.render.layout import LaidOut, Memory, render

__all__ = ["LaidOut", "Memory", "render"]
