"""Layout by WeasyPrint: artwork in, sRGB PDF out, with text fitted and every place checked."""

from printkit.render.layout import Layout, Memory, render
from printkit.render.sheet import variables

__all__ = ["Layout", "Memory", "render", "variables"]
