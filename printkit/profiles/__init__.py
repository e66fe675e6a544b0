"""Frozen, cross-checked models of everything a workspace says in TOML and CSV."""

from printkit.profiles.base import Edges, Model, Stated
from printkit.profiles.check import BRAND, Listed, Profiles
from printkit.profiles.dates import output_date
from printkit.profiles.design import Design, TypeStyle
from printkit.profiles.gwg import Gwg, GwgInk, GwgLimits, GwgSteps
from printkit.profiles.languages import (
    LanguageForms,
    LanguageTag,
    language_problem,
    locale_of,
    script_of,
    territory_of,
)
from printkit.profiles.limits import BatchLimits, CheckLimits
from printkit.profiles.load import load_campaign, load_languages, load_listed, load_profiles, parse
from printkit.profiles.people import (
    Brand,
    Campaign,
    Color,
    Committee,
    Entry,
    Site,
    Tracking,
)
from printkit.profiles.preview import PreviewFigures, load_preview
from printkit.profiles.print import (
    CodeReading,
    CodeRules,
    Format,
    Press,
    PressMarks,
    PressMarkStyle,
    size_problem,
)
from printkit.profiles.product import BleedCover, PictureFigures, ProductRules
from printkit.profiles.slot_values import SlotValue
from printkit.profiles.unconfirmed import list_unconfirmed
from printkit.profiles.waiver import Waiver, waivers_for

__all__ = [
    "BRAND",
    "BatchLimits",
    "BleedCover",
    "Brand",
    "Campaign",
    "CheckLimits",
    "CodeReading",
    "CodeRules",
    "Color",
    "Committee",
    "Design",
    "Edges",
    "Entry",
    "Format",
    "Gwg",
    "GwgInk",
    "GwgLimits",
    "GwgSteps",
    "LanguageForms",
    "LanguageTag",
    "Listed",
    "Model",
    "PictureFigures",
    "Press",
    "PressMarkStyle",
    "PressMarks",
    "PreviewFigures",
    "ProductRules",
    "Profiles",
    "Site",
    "SlotValue",
    "Stated",
    "Tracking",
    "TypeStyle",
    "Waiver",
    "language_problem",
    "list_unconfirmed",
    "load_campaign",
    "load_languages",
    "load_listed",
    "load_preview",
    "load_profiles",
    "locale_of",
    "output_date",
    "parse",
    "script_of",
    "size_problem",
    "territory_of",
    "waivers_for",
]
