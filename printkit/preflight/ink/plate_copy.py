"""The copy of a page for one plate while it is made."""

from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.content import PlainStates, entry, leave_out_steps
from printkit.preflight.core.limits import CannotRun
from printkit.preflight.ink.colour import IntentTransform, Plate
from printkit.preflight.ink.images import Images
from printkit.words import Message

# What came of plain forms: content, graphics states as they are written, operators that were read
PlateForms: TypeAlias = dict[Any, tuple[bytes, PlainStates, int]]
# What tells which layers are shown
_LAYERS = ("/OCGs", "/D")


class PlateCopy:
    """One copy in the making: the file it goes to, its plate, and what was made for it already.

    `forms` may be shared by files with the same output intent: plain forms of any of them.
    """

    def __init__(
        self,
        source: pikepdf.Pdf,
        plate: Plate,
        images: Images,
        most_operators: int,
        *,
        forms: PlateForms | None = None,
    ) -> None:
        self.plate, self.images, self.left, self.forms = plate, images, most_operators, forms
        self.pdf = pikepdf.new()
        self.made: dict[Any, Any] = {}
        layers = entry(source.Root, "/OCProperties")
        if layers is not None:
            kept = {key: self.bring(layers[key]) for key in _LAYERS if key in layers}
            self.pdf.Root.OCProperties = Dictionary(kept)
            # Ink is that of page elements (GWG, D0027)
            leave_out_steps(self.pdf)

    @property
    def intent(self) -> IntentTransform:
        return self.images.intent

    def bring(self, thing: Any) -> Any:
        """Copy an object of the source as it is."""
        if not isinstance(thing, pikepdf.Object):
            return thing
        if not isinstance(thing, Array | Dictionary | pikepdf.Stream):
            # a string or a name; an indirect one stays with its file
            return pikepdf.Object.parse(thing.unparse(resolved=True))
        if thing.is_indirect:
            return self.pdf.copy_foreign(thing)
        if isinstance(thing, Array):
            return Array([self.bring(item) for item in thing])
        return Dictionary({key: self.bring(value) for key, value in thing.items()})

    def spend(self, operators: int = 1) -> None:
        """Count operators."""
        self.left -= operators
        if self.left < 0:
            raise CannotRun(Message("the page has too many operators"))


class PlateResources:
    """Gather the resources of one content stream."""

    def __init__(self, job: PlateCopy) -> None:
        self.job, self.entries = job, Dictionary()
        self._names: dict[Any, Name] = {}

    def add(self, kind: str, key: Any, thing: Any) -> Name:
        """Return the name under which a thing stands, the same for the same key."""
        known = self._names.get((kind, key))
        # One name for one thing, so that a page which shows a logo often names it once
        if known is None:
            if kind not in self.entries:
                self.entries[kind] = Dictionary()
            holder = self.entries[kind]
            known = self._names[kind, key] = Name(f"/{kind[1]}{len(holder)}")
            holder[known] = thing
        return known
