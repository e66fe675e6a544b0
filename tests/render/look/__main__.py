"""Write the tables of docs/css-and-svg.md anew from css-and-svg.toml."""

import re

from tests.render.look.rows import DOCS, KINDS, table

PAGE = DOCS / "css-and-svg.md"


def renewed(text: str, kind: str) -> str:
    """Return the page with the first table after a heading made anew."""
    heading = re.search(rf"^## {kind.upper()}\n.*?(?=^\|)", text, re.DOTALL | re.MULTILINE)
    assert heading is not None
    rest = re.sub(r"\A(?:\|[^\n]*\n)+", "", text[heading.end() :])
    return text[: heading.end()] + "\n".join(table(kind)) + "\n" + rest


text = PAGE.read_text(encoding="utf-8")
for kind in KINDS:
    text = renewed(text, kind)
PAGE.write_text(text, encoding="utf-8")
