"""Write the diagram of docs/orders.md from the table of an order's life."""

import re
from pathlib import Path

from printkit.orders.life import diagram

PAGE = Path(__file__).parents[2] / "docs" / "orders.md"
BLOCK = re.compile(
    r"(<!-- made by python -m tests\.orders\.diagram -->\n```mermaid\n).*?(```\n<!-- end -->)", re.DOTALL
)


def page() -> str:
    """Return the page with the diagram as the table has it now."""
    return BLOCK.sub(lambda found: found[1] + diagram() + found[2], PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
