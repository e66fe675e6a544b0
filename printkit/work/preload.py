"""Load what making and checking pieces needs: whoever imports this is the process that workers come from."""

from printkit.work.preloading import preload

# Readers of fonts are loaded with the first page that is checked
preload(
    "printkit.produce.steps",
    "printkit.preflight.checks",
    "printkit.preflight.x4.font_program",
    keys=True,
)
