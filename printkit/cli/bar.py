"""The bar on a terminal: pieces, held, rate and time left."""

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

# All columns of a large campaign fit into 80 signs.
WIDTH = 20


class Rate(ProgressColumn):
    """Say how many pieces were made in a second of late."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("-/s," if speed is None else f"{speed:.1f}/s,")


def bar() -> Progress:
    """Return the bar, which goes when it is done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(WIDTH),
        MofNCompleteColumn(),
        TextColumn("pieces, {task.fields[held]} held,"),
        Rate(),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    # On stderr, so that what is printed can go into a pipe; gone when done, so that the verdict stands alone.
    return Progress(*columns, console=Console(stderr=True), transient=True)
