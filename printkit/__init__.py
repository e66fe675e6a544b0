"""Print material from templates: layout, separation, PDF/X-4, checked."""

__version__ = "0.1.0"
