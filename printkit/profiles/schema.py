"""JSON Schemas of the profiles, for editors that complete and check TOML."""

from typing import Any

from pydantic import BaseModel, RootModel

from printkit.profiles.base import Identifier
from printkit.profiles.design import Design
from printkit.profiles.gwg import Gwg
from printkit.profiles.languages import LanguageForms
from printkit.profiles.limits import BatchLimits, CheckLimits
from printkit.profiles.municipality import Municipality
from printkit.profiles.orders import Calendar, Kit, OrderRules, PriceList
from printkit.profiles.people import Brand, Campaign, Committee, Site
from printkit.profiles.plan import Plan
from printkit.profiles.preview import PreviewFigures
from printkit.profiles.print import CodeRules, Format, Press
from printkit.profiles.product import ProductRules
from printkit.profiles.screen import Screen


class KitsFile(RootModel[dict[Identifier, Kit]]):
    """Name each kit by its id."""


KINDS: dict[str, type[BaseModel]] = {
    "batch": BatchLimits,
    "brand": Brand,
    "calendar": Calendar,
    "campaign": Campaign,
    "codes": CodeRules,
    "committee": Committee,
    "design": Design,
    "format": Format,
    "gwg": Gwg,
    "kits": KitsFile,
    "language": LanguageForms,
    "limits": CheckLimits,
    "municipality": Municipality,
    "orders": OrderRules,
    "plan": Plan,
    "press": Press,
    "preview": PreviewFigures,
    "prices": PriceList,
    "product": ProductRules,
    "screen": Screen,
    "site": Site,
}


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a profile kind as its TOML file is written: the id is the file's name."""
    found = KINDS[kind].model_json_schema()
    # Sites are rows of one table, so theirs is a column
    if kind != "site" and "id" in found.get("properties", {}):
        del found["properties"]["id"]
        found["required"].remove("id")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
