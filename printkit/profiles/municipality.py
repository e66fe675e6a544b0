"""Whom a workspace prints for: its language, and its words for a committee and for kinds of places."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from printkit.profiles.base import Identifier, Model, Title
from printkit.profiles.languages import LanguageTag
from printkit.words import Message

# A word by language; for a language that is not among them the workspace's own word stands.
Named = dict[LanguageTag, Title]


class Municipality(Model):
    """Describe the municipality in its own words."""

    language: Annotated[LanguageTag, Field(description="of proofs, lists, reports and marks")]
    committee: Annotated[Named, Field(description="what a local committee is called, by language")]
    places: Annotated[
        dict[Identifier, Named], Field(min_length=1, description="kinds of places that take print, by id")
    ]

    @model_validator(mode="after")
    def _check(self) -> Self:
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

    def committee_in(self, language: str) -> str:
        """Return the word for a committee as it stands within a sentence."""
        return self.committee.get(language, self.committee[self.language])

    def place_in(self, kind: str, language: str) -> str:
        """Return the word for a kind of place as it stands within a sentence."""
        words = self.places[kind]
        return words.get(language, words[self.language])
