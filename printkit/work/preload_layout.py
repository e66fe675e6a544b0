"""Load what a piece's first picture needs, the checks apart: as `preload`, for a preview."""

from printkit.work.preloading import preload

preload("printkit.produce.steps")
