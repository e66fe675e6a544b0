"""Smart values: what a template may read of committee, site, campaign, format and brand.

Each view hands out a profile's values as plain data and remembers those that their owner has not confirmed.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from printkit.errors import WorkspaceError
from printkit.profiles import BRAND, Brand, Campaign, Color, Committee, Model, Stated
from printkit.profiles.people import Logo
from printkit.template.language import Language, localized
from printkit.template.readings import analyse
from printkit.words import Message


@dataclass(frozen=True)
class Notes:
    """A piece's language, unconfirmed values that were read, and the names that templates ask for."""

    language: Language
    seen: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def read(self, text: str, file: str) -> None:
        """Note what a text with Jinja in it asks for."""
        self.names.update(analyse(text, file)[0])


class View:
    """Read a profile by attribute; nothing else of it can be reached."""

    def __init__(self, name: str, model: Model, notes: Notes) -> None:
        self._name, self._model, self._notes = name, model, notes

    def __getattr__(self, key: str) -> Any:
        # Fields only: methods of pydantic are no values, and some write files' worth of text
        if key.startswith("_") or key not in type(self._model).model_fields:
            raise AttributeError(self._lacks(key))
        return self._shown(key, getattr(self._model, key))

    def _lacks(self, key: str) -> str:
        return Message("%(name)s has no value '%(key)s'", name=self._name, key=key)

    def _shown(self, key: str, value: Any) -> Any:
        if isinstance(value, Stated):
            # Noted as it is read: a value that nobody prints need not be confirmed
            if not value.confirmed:
                self._notes.seen.add(f"{self._name}.{key}")
            return localized(value.value, self._notes.language)
        if isinstance(value, Model):
            return View(f"{self._name}.{key}", value, self._notes)
        return localized(value, self._notes.language)


class CommitteeView(View):
    """Read a committee's own values, and what the design asks of it, by their names."""

    def __init__(self, model: Committee, asked: Collection[str], notes: Notes) -> None:
        super().__init__("committee", model, notes)
        self._design = {name: model.design.get(name) for name in asked}
        self._name_here = model.name_in(notes.language.tag)

    def __getattr__(self, key: str) -> Any:
        if key in self._design:
            # Colours, files and places: they are no words, so they print the same in every language.
            return self._design[key]
        if key == "name":
            return self._name_here
        if key in ("design", "names"):
            raise AttributeError(self._lacks(key))
        return super().__getattr__(key)

    def _lacks(self, key: str) -> str:
        return Message(
            "committee has no value '%(key)s'; a template asks for one under [committee.%(key)s]", key=key
        )


class CampaignView(View):
    """Read a campaign's id, name, edition and date, and its `values` by their names."""

    def __getattr__(self, key: str) -> Any:
        campaign = self._model
        if isinstance(campaign, Campaign) and key in campaign.values:
            return self._shown(key, campaign.values[key])
        if key not in ("id", "name", "edition", "date"):
            raise AttributeError(self._lacks(key))
        return super().__getattr__(key)

    def _lacks(self, key: str) -> str:
        named = self._model.id if isinstance(self._model, Campaign) else self._name
        return Message(
            "campaign '%(named)s' has no value '%(key)s'; write it under [values]", named=named, key=key
        )


class BrandView(View):
    """Read `name`, `logo.file` and `colors.<id>.name`, `.srgb`; `has` tells whether there is a file."""

    def __init__(self, model: Brand, has: Callable[[str], bool], notes: Notes) -> None:
        super().__init__("brand", model, notes)
        self._has = has

    def _shown(self, key: str, value: Any) -> Any:
        if isinstance(value, Logo):
            self._check_files(value)
            return Marked(f"{self._name}.{key}", value, self._notes)
        if key == "colors":
            return {name: Marked(f"{self._name}.{name}", color, self._notes) for name, color in value.items()}
        return super()._shown(key, value)

    def _check_files(self, logo: Logo) -> None:
        """Raise WorkspaceError with the key that names a missing file: a page says the key alone."""
        for key, file in (("file", logo.file), ("file_on_dark", logo.file_on_dark)):
            if file and not self._has(file):
                reason = Message("no file '%(file)s' in the workspace", file=file)
                raise WorkspaceError(BRAND, f"logo.{key}", reason)


class Marked(View):
    """Read a part of the brand that carries `confirmed` itself."""

    def __init__(self, name: str, model: Color | Logo, notes: Notes) -> None:
        super().__init__(name, model, notes)
        self._confirmed = model.confirmed

    def _shown(self, key: str, value: Any) -> Any:
        if not self._confirmed:
            self._notes.seen.add(self._name)
        return super()._shown(key, value)


class Texts:
    """Read the texts of a language's file; Jinja in a text is worked out when it is read."""

    def __init__(
        self, texts: Mapping[str, Any], name: str, file: str, write: Callable[[str, str], str]
    ) -> None:
        self._texts, self._name, self._file, self._write = texts, name, file, write

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_") or key not in self._texts:
            raise AttributeError(self._lacks(key))
        return self._shown(f"{self._name}.{key}", self._texts[key])

    def _lacks(self, key: str) -> str:
        return Message(
            "%(name)s has no text '%(key)s'; write it in %(file)s", name=self._name, key=key, file=self._file
        )

    def __getitem__(self, key: str) -> Any:
        try:
            return getattr(self, key)
        except AttributeError as error:
            raise KeyError(str(error)) from error

    def _shown(self, name: str, value: Any) -> Any:
        match value:
            case dict():
                return Texts(value, name, self._file, self._write)
            case list():
                return [self._shown(name, item) for item in value]
            case str() if "{{" in value or "{%" in value:
                return self._write(name, value)
        return value


def brand_colors_in(text: str, brand: Brand) -> Iterator[str]:
    """Yield the unconfirmed brand colours that a style sheet, page or drawing uses by name or by hex."""
    lower = text.lower()
    for name, color in brand.colors.items():
        if not color.confirmed and (_names(lower, name) or color.srgb in lower):
            yield f"brand.{name}"


def _names(text: str, color: str) -> bool:
    return re.search(rf"--brand-{re.escape(color)}(?![a-z0-9_-])", text) is not None
