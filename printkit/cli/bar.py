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

from printkit.words import Message, Words

# All columns of a large campaign fit into 80 signs.
WIDTH = 20


class Rate(ProgressColumn):
    """Say how many pieces were made in a second of late."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("-/s," if speed is None else self.words.say(Message.of("%(speed).1f/s,", speed=speed)))


def bar(words: Words) -> Progress:
    """Return the bar in the language of the call, which goes when it is done."""
    held = Message("pieces, %(held)s held,", held="{task.fields[held]}")
    columns = (
        TextColumn("{task.description}"),
        BarColumn(WIDTH),
        MofNCompleteColumn(),
        TextColumn(words.say(held)),
        Rate(words),
        TimeRemainingColumn(compact=True),
        TextColumn(words.say(Message("to go"))),
    )
    # On stderr, so that what is printed can go into a pipe; gone when done, so that the verdict stands alone.
    return Progress(*columns, console=Console(stderr=True), transient=True)
