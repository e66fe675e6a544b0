"""JSON Schemas of the profiles, for editors that complete and check TOML."""

from typing import Any

from printkit.profiles.base import Model
from printkit.profiles.design import Design
from printkit.profiles.gwg import Gwg
from printkit.profiles.languages import LanguageForms
from printkit.profiles.limits import BatchLimits, CheckLimits
from printkit.profiles.municipality import Municipality
from printkit.profiles.people import Brand, Campaign, Committee, Site
from printkit.profiles.preview import PreviewFigures
from printkit.profiles.print import CodeRules, Format, Press
from printkit.profiles.product import ProductRules

KINDS: dict[str, type[Model]] = {
    "batch": BatchLimits,
    "brand": Brand,
    "campaign": Campaign,
    "codes": CodeRules,
    "committee": Committee,
    "design": Design,
    "format": Format,
    "gwg": Gwg,
    "language": LanguageForms,
    "limits": CheckLimits,
    "municipality": Municipality,
    "press": Press,
    "preview": PreviewFigures,
    "product": ProductRules,
    "site": Site,
}


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a profile kind as its TOML file is written: the id is the file's name."""
    found = KINDS[kind].model_json_schema()
    if kind != "site" and "id" in found["properties"]:
        del found["properties"]["id"]
        found["required"].remove("id")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
