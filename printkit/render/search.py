"""Find a highest number that passes, for several slots at once, in few tries."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import TypeVar

Tried = TypeVar("Tried")
Seen = TypeVar("Seen")

# So often a guess is followed; guesses that lead nowhere give way to halving.
GUESSES = 4


@dataclass
class Span:
    """What is known of one slot: `low` passes (or is one below the lowest), `high` does not."""

    low: int
    high: int
    tries: int = 0

    @property
    def settled(self) -> bool:
        return self.high - self.low <= 1

    def next(self, guess: int | None = None) -> int:
        """Return the number to try: the guess, or what lies next to the known on its side, or the middle."""
        followed = guess is not None and self.tries < GUESSES
        aim = guess if guess is not None and followed else (self.low + self.high) // 2
        self.tries += 1
        # Always a number that is not known yet, or the search would not end
        return min(max(aim, self.low + 1), self.high - 1)

    def learn(self, tried: int, passed: bool) -> None:
        if passed:
            self.low = tried
        else:
            self.high = tried


def halve(span: Span) -> Generator[int, bool, int]:
    """Ask for numbers, be told whether they pass, and return the highest that does."""
    while not span.settled:
        tried = span.next()
        span.learn(tried, (yield tried))
    return span.low


def together(
    searches: Mapping[str, Generator[Tried, Seen, Tried]],
    show: Callable[[Mapping[str, Tried]], Mapping[str, Seen]],
) -> dict[str, Tried]:
    """Run searches side by side: each is shown what came of its attempt; who is done holds its last one."""
    running, attempts = dict(searches), dict[str, Tried]()
    seen: Mapping[str, Seen] = {}
    while True:
        for slot, search in list(running.items()):
            try:
                attempts[slot] = search.send(seen[slot]) if slot in seen else next(search)
            except StopIteration as end:
                attempts[slot] = end.value
                del running[slot]
        if not running:
            return attempts
        seen = show(dict(attempts))
