"""Where a layout's codes stand, and the codes of a piece at those places."""

from collections.abc import Iterable
from dataclasses import dataclass

from printkit.errors import SlotErrors, SlotProblem
from printkit.qr import Code, CodeBox, CodeGeometry, CodeProblem
from printkit.qr.symbol import make_symbol
from printkit.template import CodeLink
from printkit.words import sentence


@dataclass(frozen=True)
class CodePlaces:
    """Where a layout's codes stand and how they are drawn; `where` names the layout in complaints."""

    boxes: tuple[CodeBox, ...]
    geometry: CodeGeometry
    level: str
    where: str

    def codes(self, links: Iterable[CodeLink]) -> tuple[Code, ...]:
        """Return the codes of a piece; raise SlotErrors for one that cannot be made."""
        linked = {link.slot: link for link in links}
        return tuple(self._code(box, linked[box.slot]) for box in self.boxes)

    def _code(self, box: CodeBox, link: CodeLink) -> Code:
        try:
            symbol = make_symbol(link.url, self.level, self.geometry.versions)
        except CodeProblem as problem:
            # An address too long for its symbol is something that whoever fills in the slot can mend
            raise SlotErrors([SlotProblem(self.where, box.slot, sentence(problem))]) from problem
        return Code(box, symbol, link.print_id, self.geometry)
