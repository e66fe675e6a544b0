"""The starter's words by language, and its files filled in with them."""

import json
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, StrictUndefined

from printkit.workspace import TO_TRANSLATE, Workspace

WORDS = "starter/words/"
FALLBACK = "en"


class StarterWords:
    """Give the starter's words of one language as TOML; what is there in English only carries the mark."""

    def __init__(self, source: Workspace, language: str) -> None:
        # What is written for a language serves its regions too.
        tags = (language, language.partition("-")[0])
        own = next((tag for tag in tags if source.has(f"{WORDS}{tag}.toml")), None)
        self.known = own is not None
        self._words = source.read_toml(f"{WORDS}{own or FALLBACK}.toml")

    def __call__(self, key: str) -> str:
        """Return a value by its dotted key, as TOML writes it."""
        return as_toml(self.plain(key)) + ("" if self.known else f"  {TO_TRANSLATE}")

    def plain(self, key: str) -> Any:
        """Return a value by its dotted key."""
        found: Any = self._words
        for part in key.split("."):
            found = found[part]
        return found


def as_toml(value: Any) -> str:
    """Write a text or a list of texts as TOML; what JSON writes of them is that."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def fill_in(text: str, values: Mapping[str, Any]) -> str:
    """Fill in one of the starter's files."""
    # It writes TOML, SVG and Markdown from the program's own files: nothing of it is HTML.
    environment = Environment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["toml"] = as_toml
    return environment.from_string(text).render(values)
