"""Print material from templates: layout, separation, PDF/X-4, checked."""

from printkit.version import VERSION as __version__

__all__ = ["__version__"]
