"""Pages are offered in the languages that the municipality speaks, and in no other's."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from printkit.web.site import Site
from printkit.words import translate
from tests.web.conftest import Browser


def buttons(site: Site, language: str) -> str:
    environment = site.environment(translate(language, "web"))
    return environment.from_string("{{ spoken | join(' ') }}").render()


def test_a_page_has_a_button_for_each_language_of_the_municipality(
    site: Site, visit: Callable[[], Browser]
) -> None:
    page = visit().get("/sign-in").text
    assert [tag for tag in ("en", "nb", "nn") if f'name="language" value="{tag}"' in page] == [
        "en",
        "nb",
        "nn",
    ]


def test_another_municipality_is_offered_what_it_speaks(site: Site) -> None:
    profiles = site.book.profiles
    own = profiles.municipality.model_copy(update={"language": "fi", "committee": {"fi": "kylätoimikunta"}})
    book = replace(site.book, profiles=replace(profiles, municipality=own))
    there = replace(site, book=book, _environments={})
    assert buttons(there, "en") == "en"
    # Whoever's browser asked for another one reads it, and finds the way back.
    assert buttons(there, "nb") == "en nb"


@pytest.mark.parametrize(
    ("language", "currency", "whole", "parts"),
    [
        ("nb", "NOK", "50 000 kr", "-5,50 kr"),
        ("en", "GBP", "£50,000", "-£5.50"),
        ("en", "NOK", "NOK 50,000", "-NOK 5.50"),
        ("nb", "EUR", "50 000 €", "-5,50 €"),
    ],
)
def test_sums_stand_as_the_readers_language_writes_them(
    site: Site, language: str, currency: str, whole: str, parts: str
) -> None:
    rules = site.book.rules.rules.model_copy(update={"currency": currency})
    book = replace(site.book, rules=replace(site.book.rules, rules=rules))
    environment = replace(site, book=book).environment(translate(language, "web"))
    written = environment.from_string("{{ 5000000 | money }}|{{ -550 | money }}").render()
    assert written.replace("\u00a0", " ").split("|") == [whole, parts]
