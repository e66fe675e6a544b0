"""One file's separation: each form, pattern, shading, state, font and image converted once."""

from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from printkit.content import (
    EVERYWHERE,
    GLYPH,
    Colour,
    Machine,
    Nested,
    entry,
    instructions,
    numbers,
    plain_key,
    space_of,
    tile_of,
    visit,
)
from printkit.errors import RenderError
from printkit.separate.images import ImagePress, convert_image
from printkit.separate.inks import Masking, Printed, Target, convert
from printkit.separate.mask_images import grey_for_mask
from printkit.separate.overprint import Overprint
from printkit.separate.plain_forms import SeparatedForm, keep
from printkit.separate.resources import Resources
from printkit.separate.shadings import convert_shading
from printkit.separate.spec import SeparationSpec
from printkit.separate.stream import Manner, StreamRewriter
from printkit.words import Message

# What stays of a graphics state (ISO 32000-1, Table 58): all but overprint, which is decided element by
# element, and device settings (transfer, halftone, black generation), which belong to the press
_STATE_KEYS = ("/LW", "/LC", "/LJ", "/ML", "/D", "/SA", "/BM", "/CA", "/ca", "/AIS", "/TK", "/Font")
# Of forms and patterns geometry and layer stay; group and resources are written anew, and what else may stand
# there (metadata, structure, data of programs) serves screens and editors
_FORM_KEYS = ("/Type", "/Subtype", "/BBox", "/Matrix", "/OC")
_PATTERN_KEYS = ("/Type", "/PatternType", "/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep", "/Matrix")


class FileSeparation:
    """One file's separation: what is converted already, and what was seen on the way."""

    def __init__(self, pdf: pikepdf.Pdf, spec: SeparationSpec) -> None:
        self.pdf, self.spec = pdf, spec
        self.printed, self.masking = Printed(spec.press), Masking()
        self.images = ImagePress(spec.press, spec.image, spec.image_cache)
        # the least effective ppi of each image, found by a walk beforehand
        self.least_ppi: dict[tuple[int, int], float] = {}
        self.uses_transparency = self.uses_layers = False
        # By source and role: a drawing that the page shows and a mask reads becomes inks for one, grey for
        # the other
        self._made: dict[tuple[Any, ...], pikepdf.Object] = {}
        self._overprints: dict[Overprint, pikepdf.Object] = {}

    def form(self, machine: Machine, nested: Nested, target: Target) -> pikepdf.Object:
        """Return the form or group of a call, in the target's colours.

        It is converted once, so the sizes that decide on overprint are those of its first call.
        """
        key = (nested.stream.objgen, target.role)
        if key in self._made:
            return self._made[key]
        source = nested.stream
        # Known before its content is read: a form that calls itself finds this one in place of going round
        # for ever
        made = self._made[key] = _copy(self.pdf, source, _FORM_KEYS)
        if "/OC" in source:
            self.uses_layers = True
        group = source.get("/Group")
        if isinstance(group, Dictionary):
            made.Group = _group(group, target)
            self.uses_transparency = True
        self._fill_form(made, machine, nested, target)
        return made

    def _fill_form(self, made: Any, machine: Machine, nested: Nested, target: Target) -> None:
        """Write a form's converted content; that of a plain one another file may have had."""
        plain, cache = plain_key(nested), self.spec.form_cache
        if plain is None:
            self._fill(made, machine.enter(nested), nested.stream, target)
            return
        key = (target.role, *plain)
        if key in cache:
            self._refill(made, cache[key])
            return
        # Set aside for the moment, so that what is kept says of this form alone whether it needs a page group
        before, self.uses_transparency = self.uses_transparency, False
        self._fill(made, machine.enter(nested), nested.stream, target)
        form = SeparatedForm.of(made, self._overprints, self.uses_transparency)
        self.uses_transparency |= before
        if form:
            keep(cache, key, form)

    def _refill(self, made: Any, form: SeparatedForm) -> None:
        made.write(form.content)
        states = {
            name: self.overprint(state) if isinstance(state, Overprint) else pikepdf.Object.parse(state)
            for name, state in form.states.items()
        }
        made.Resources = Dictionary({"/ExtGState": Dictionary(states)} if states else {})
        self.uses_transparency |= form.transparent

    def known_form(self, source: Any, target: Target) -> pikepdf.Object | None:
        """Return a form that is under way, as it calls itself; None where there is nothing to draw."""
        if not isinstance(source, pikepdf.Stream):
            return None
        made = self._made.get((source.objgen, target.role))
        if made is None and source.get("/Subtype") == "/Form":
            raise RenderError(Message("forms are nested too deep to be separated"))
        return made

    def pattern(self, machine: Machine, colour: Colour, target: Target) -> pikepdf.Object:
        """Return a tiling or shading pattern in the target's colours."""
        source: Any = colour.pattern
        key = (source.objgen, target.role)
        # Objects without a number of their own are all 0 0, so that number names none of them
        if key != ((0, 0), target.role) and key in self._made:
            return self._made[key]
        if isinstance(source, pikepdf.Stream):
            return self._tiling(machine, colour, target)
        made = Dictionary(PatternType=2)
        if "/Matrix" in source:
            made.Matrix = source.Matrix
        made.Shading = self.shading(source.get("/Shading"), machine.resources, target)
        self._made[key] = self.pdf.make_indirect(made)
        return self._made[key]

    def _tiling(self, machine: Machine, colour: Colour, target: Target) -> pikepdf.Object:
        source: Any = colour.pattern
        made = self._made[source.objgen, target.role] = _copy(self.pdf, source, _PATTERN_KEYS)
        cell = tile_of(source, colour, EVERYWHERE, machine.context)
        if not visit(cell):
            raise RenderError(Message("patterns are nested too deep to be separated"))
        self._fill(made, machine.enter(cell), source, target)
        return made

    def shading(self, source: Any, resources: Any, target: Target) -> pikepdf.Object:
        key = (source.objgen, target.role)
        if key[0] == (0, 0) or key not in self._made:
            space = space_of(entry(source, "/ColorSpace"), resources)
            self._made[key] = convert_shading(self.pdf, source, space, target)
        return self._made[key]

    def state(self, source: Any, machine: Machine, mask: Nested | None, target: Target) -> Dictionary:
        """Return a graphics state without overprint and device settings, its soft mask converted."""
        made = Dictionary({key: source[key] for key in _STATE_KEYS if key in source})
        alphas = [float(source[key]) for key in ("/ca", "/CA") if key in source]
        if any(alpha < 1 for alpha in alphas) or source.get("/BM", Name.Normal) != Name.Normal:
            self.uses_transparency = True
        soft_mask = source.get("/SMask")
        if isinstance(soft_mask, Dictionary):
            self.uses_transparency = True
            made.SMask = self._soft_mask(soft_mask, machine, mask, target)
        elif soft_mask is not None:
            made.SMask = soft_mask
        return made

    def _soft_mask(self, source: Any, machine: Machine, mask: Nested | None, target: Target) -> Dictionary:
        luminosity = source.get("/S") == Name.Luminosity
        # An alpha mask reads coverage alone, whatever the colours; a luminosity mask reads light, which inks
        # would give otherwise
        inside: Target = self.masking if luminosity else target
        group = (
            self.known_form(source.get("/G"), inside) if mask is None else self.form(machine, mask, inside)
        )
        if group is None:
            raise RenderError(Message("a soft mask has no group"))
        made = Dictionary(Type=Name.Mask, S=source.S, G=group)
        if luminosity and "/BC" in source:
            space = space_of(entry(source, "/G", "/Group", "/CS") or Name.DeviceGray, machine.resources)
            made.BC = pikepdf.Array([round(v, 5) for v in convert(space, numbers(source.BC), inside)])
        # Of a mask TR is a function of its values; PDF/X-4 forbids the TR of graphics states, a curve of the
        # press
        if "/TR" in source:
            made.TR = source.TR
        return made

    def font(self, source: pikepdf.Object, machine: Machine) -> pikepdf.Object:
        """Return a font; glyphs of a Type 3 font are content and are converted like it."""
        if source.get("/Subtype") != "/Type3":
            return source
        key = (source.objgen, "font")
        if key not in self._made:
            made = self._made[key] = self.pdf.make_indirect(Dictionary(dict(source.items())))
            used = Resources()
            glyphs = source.get("/CharProcs", Dictionary())
            made.CharProcs = Dictionary(
                {name: self._glyph(machine, source, glyph, used) for name, glyph in glyphs.items()}
            )
            made.Resources = used.dictionary()
        return self._made[key]

    def _glyph(self, machine: Machine, font: Any, source: Any, used: Resources) -> pikepdf.Object:
        """Convert a glyph; one that begins with d1 has no colour of its own, and overprints with its text."""
        made = self.pdf.make_stream(b"")
        glyph = Nested(GLYPH, source, machine.state, machine.context, font.get("/Resources"))
        first = next(instructions(source), ("d1", []))[0]
        manner = Manner(coloured=first != "d1", overprints=False)
        made.write(StreamRewriter(self, machine.enter(glyph), self.printed, manner, used=used).run(source))
        return made

    def image(self, source: Any, target: Target) -> pikepdf.Object:
        """Return an image in the target's colours, at the resolution that its largest showing needs."""
        key = (source.objgen, target.role)
        if key not in self._made:
            if target.role == self.printed.role:
                # 0 where the walk met it nowhere: then it keeps all its pixels
                ppi = self.least_ppi.get(source.objgen, 0.0)
                self._made[key] = convert_image(self.pdf, source, self.images, ppi)
            else:
                self._made[key] = grey_for_mask(self.pdf, source)
        made = self._made[key]
        self.uses_transparency |= "/SMask" in made
        return made

    def overprint(self, wanted: Overprint) -> pikepdf.Object:
        if wanted not in self._overprints:
            self._overprints[wanted] = self.pdf.make_indirect(wanted.state())
        return self._overprints[wanted]

    def _fill(self, made: Any, machine: Machine, source: Any, target: Target) -> None:
        """Write the converted content of a form or pattern, and its resources, into its copy."""
        # A cell of PaintType 2 takes the colour that it is called with, so operators of colour in it count
        # for nothing
        coloured = source.get("/PaintType") != 2
        manner = Manner(coloured, overprints=coloured and target.role == self.printed.role)
        writer = StreamRewriter(self, machine, target, manner)
        made.write(writer.run(source))
        made.Resources = writer.used.dictionary()


def _copy(pdf: pikepdf.Pdf, source: Any, keys: tuple[str, ...]) -> pikepdf.Object:
    made = pdf.make_stream(b"")
    for key in keys:
        if key in source:
            made[key] = source[key]
    return made


def _group(source: Any, target: Target) -> Dictionary:
    made = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name(target.space))
    for key in ("/I", "/K"):
        if key in source:
            made[key] = source[key]
    return made
