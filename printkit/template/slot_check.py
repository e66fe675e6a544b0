"""Judge values by themselves, before anything is bound: what each slot of one layout takes."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from printkit.profiles import Format, LanguageTag, Press, Profiles
from printkit.template.binding import printed_slots
from printkit.template.language import Language
from printkit.template.manifest import Template
from printkit.template.pictures import check_image
from printkit.template.values import ImageValue, Limits, ValueProblem, read_value
from printkit.words import Message, sentence
from printkit.workspace import Workspace


@dataclass(frozen=True)
class SlotCheck:
    """Judge the values of a template's slots in one format and language, without filling the template in."""

    workspace: Workspace
    profiles: Profiles
    template: Template
    format: Format
    press: Press
    language: LanguageTag
    _looked_at: dict[tuple[str, str, bool], str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def printed(self) -> frozenset[str]:
        """Return the slots that the layout prints."""
        language = Language.of(self.profiles, self.language)
        return printed_slots(self.workspace, self.template, self.format.id, language)

    @cached_property
    def needed(self) -> frozenset[str]:
        """Return the printed slots that nothing but a value fills."""
        slots = self.template.slots
        return frozenset(
            one for one in self.printed if slots[one].required and slots[one].default is None
        ) - {name for name, slot in slots.items() if slot.kind == "qr"}

    def read(self, name: str, value: Any) -> Any:
        """Return a value as its slot reads it; raise ValueProblem with all that is wrong with it."""
        slot = self.template.slots[name]
        most = self.template.layouts[self.format.id].max_characters.get(name)
        try:
            found = read_value(value, slot, Limits(self.profiles.codes.address_characters, most))
        except ValueProblem as problem:
            roomier = self.template.roomier(self.format.id, name)
            if not (roomier and problem.too_long):
                raise
            told = Message("%(problem)s or use %(format)s", problem=problem, format=roomier[0])
            raise ValueProblem(told) from problem
        if isinstance(found, ImageValue):
            self._look(name, found)
        return found

    def _look(self, name: str, image: ImageValue) -> None:
        """Look at each picture once, however many rows show it."""
        known = (name, image.file, image.cropped)
        if known not in self._looked_at:
            try:
                check_image(self.workspace, self.press, self.template.slots[name], image)
                self._looked_at[known] = ""
            except ValueProblem as problem:
                self._looked_at[known] = sentence(problem)
        if self._looked_at[known]:
            raise ValueProblem(self._looked_at[known])
