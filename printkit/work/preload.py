"""Load what making and checking pieces needs: whoever imports this is the process that workers come from."""

from printkit.work.preloading import preload

preload("printkit.produce.steps", "printkit.preflight.checks")
