"""Find a highest number that passes, for several slots at once, in few tries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

# From a first guess the search steps away by so much, each step that many times longer.
STRIDE, GROWTH = 2, 3


@dataclass
class Span:
    """Hold what is known of one slot: `low` passes (or is one below the lowest), `high` does not."""

    low: int
    high: int
    guess: int | None = None

    def __post_init__(self) -> None:
        self._ends = (self.low, self.high)
        self._stride = STRIDE

    @property
    def settled(self) -> bool:
        return self.high - self.low <= 1

    def next(self) -> int:
        """Return the number to try: the guess, then ever further from it, then the middle."""
        start = (self.low + self.high) // 2
        if self.guess is not None:
            untouched = (self.low == self._ends[0], self.high == self._ends[1])
            start = {
                (True, True): self.guess,
                (True, False): self.high - self._stride,
                (False, True): self.low + self._stride,
            }.get(untouched, start)
        return min(max(start, self.low + 1), self.high - 1)

    def learn(self, tried: int, passed: bool) -> None:
        if tried != self.guess:
            self._stride *= GROWTH
        if passed:
            self.low = tried
        else:
            self.high = tried


def search(spans: Mapping[str, Span], passing: Callable[[Mapping[str, int]], set[str]]) -> dict[str, int]:
    """Return each slot's highest number that passes; `passing` tells which slots pass with given numbers."""
    while True:
        tries = {slot: span.low if span.settled else span.next() for slot, span in spans.items()}
        if all(span.settled for span in spans.values()):
            return tries
        passed = passing(tries)
        for slot, span in spans.items():
            if not span.settled:
                span.learn(tries[slot], slot in passed)
