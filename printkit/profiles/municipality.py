"""Whom a workspace prints for: its language, and its words for a committee and for kinds of places."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from printkit.profiles.base import Identifier, Model, Title
from printkit.profiles.languages import LanguageTag
from printkit.profiles.people import Committee
from printkit.words import Message

# A word by language; for a language that is not among them the workspace's own word stands.
Named = dict[LanguageTag, Title]
Told = dict[LanguageTag, Annotated[str, Field(min_length=1, max_length=400)]]


class Municipality(Model):
    """Describe the municipality in its own words."""

    language: Annotated[LanguageTag, Field(description="of proofs, lists, reports and marks")]
    committee: Annotated[Named, Field(description="what a local committee is called, by language")]
    numbered: Annotated[
        bool, Field(description="whether people know committees by number; else by name alone")
    ] = True
    places: Annotated[
        dict[Identifier, Named], Field(min_length=1, description="kinds of places that take print, by id")
    ]
    house_rules: Annotated[
        dict[Identifier, Told],
        Field(description="what a kind of place takes and for how long, told to who orders"),
    ] = {}

    @model_validator(mode="after")
    def _check(self) -> Self:
        if strange := sorted(self.house_rules.keys() - self.places.keys()):
            raise ValueError(
                Message(
                    "house_rules.%(kind)s: no such kind of place; there are: %(there)s",
                    kind=strange[0],
                    there=", ".join(self.places),
                )
            )
        for key, words in self.tables():
            if self.language not in words:
                raise ValueError(
                    Message(
                        "%(key)s has no word in the workspace's own language, '%(language)s'",
                        key=key,
                        language=self.language,
                    )
                )
        return self

    def tables(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield each table of words with its key."""
        yield "committee", self.committee
        yield from ((f"places.{kind}", words) for kind, words in self.places.items())
        yield from ((f"house_rules.{kind}", words) for kind, words in self.house_rules.items())

    def committee_in(self, language: str) -> str:
        """Return the word for a committee as it stands within a sentence."""
        return self.committee.get(language, self.committee[self.language])

    def known_as(self, committee: Committee, language: str) -> str:
        """Return what lists call a committee within a sentence: by number, else by name."""
        if not self.numbered:
            return committee.name_in(language)
        return f"{self.committee_in(language)} {committee.number}"

    def numbered_name(self, committee: Committee, name: str) -> str:
        """Return a committee's name behind its number, or the name alone."""
        return f"{committee.number} {name}" if self.numbered else name

    def place_in(self, kind: str, language: str) -> str:
        """Return the word for a kind of place as it stands within a sentence."""
        words = self.places[kind]
        return words.get(language, words[self.language])

    def rules_in(self, kind: str, language: str) -> str:
        """Return what a kind of place takes, empty where nothing is known of it."""
        words = self.house_rules.get(kind, {})
        return words.get(language, words.get(self.language, ""))
