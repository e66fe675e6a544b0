"""Run the cases whose ids contain one of the words given (all without any) and print what came of each."""

import sys
import tempfile
import traceback
from pathlib import Path

from tests.cases.registry import all_cases


def main(words: list[str]) -> int:
    """Return how many cases did not give what is right."""
    failed = 0
    for case in all_cases():
        if words and not any(word in case.id for word in words):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                case.run(Path(folder))
                told = "right"
            # Whatever a case brings about is its result.
            except Exception:  # noqa: BLE001
                told, failed = f"WRONG\n{traceback.format_exc()}", failed + 1
        sys.stdout.write(f"{case.id}: {told}\n")
    return failed


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
