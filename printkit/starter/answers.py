"""What a municipality is asked before it has a workspace."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from printkit.errors import WorkspaceErrors
from printkit.profiles import LanguageTag, Model, language_problem, parse
from printkit.profiles.base import Identifier, Title
from printkit.profiles.languages import locale_of
from printkit.profiles.people import HexColor
from printkit.words import Message


def _known(tag: str) -> str:
    # Neither by the words of a workspace's files, which are not there yet
    if locale_of(tag, {}) is None:
        told = Message("CLDR has no language '%(tag)s'; name it by its tag, as nb, se or pl", tag=tag)
        raise ValueError(told)
    if language_problem(tag, {}):
        raise ValueError(Message("the months of language '%(tag)s' are not known (CLDR)", tag=tag))
    return tag


Tag = Annotated[LanguageTag, AfterValidator(_known)]
FilePath = Annotated[str, Field(min_length=1, description="a file, from the folder of the answers")]


class FontFiles(Model):
    """Name font files: headlines, running text, what stands out."""

    head: FilePath
    text: FilePath
    strong: FilePath


class Answers(Model):
    """What a municipality answers; files are relative to `folder`."""

    folder: Annotated[Path, Field(exclude=True)]
    municipality: Annotated[Title, Field(description="the sender")]
    language: Annotated[Tag, Field(description="of proofs, lists, reports and marks")]
    languages: Annotated[
        tuple[Tag, ...], Field(description="of what is printed; else the workspace's own")
    ] = ()
    committee: Annotated[dict[Tag, Title], Field(description="what a local committee is called, by language")]
    colors: Annotated[
        dict[Identifier, HexColor], Field(min_length=1, description="brand colours by id, as #12355b")
    ]
    committees: Annotated[FilePath, Field(description="table of committees, CSV or XLSX")]
    places: Annotated[FilePath | None, Field(description="table of places that take print")] = None
    fonts: Annotated[FontFiles | None, Field(description="else those that come with the program")] = None
    mark: Annotated[FilePath | None, Field(description="SVG of the municipality's mark")] = None
    date: Annotated[datetime.date | None, Field(description="of the first campaign; else today")] = None

    @model_validator(mode="before")
    @classmethod
    def _accept_one_word(cls, data: Any) -> Any:
        """Take one word for a committee, or that of None, as the word in the workspace's own language."""
        told = data.get("committee") if isinstance(data, Mapping) else None
        words = {None: told} if isinstance(told, str) else told
        # What is wrong with any other value the model says itself.
        if not isinstance(words, Mapping) or None not in words:
            return data
        named = {data.get("language") if tag is None else tag: word for tag, word in words.items()}
        return {**data, "committee": named}

    def printed(self) -> tuple[str, ...]:
        """Return the languages of what is printed, each once."""
        return tuple(dict.fromkeys(self.languages or (self.language,)))

    def path(self, file: str) -> Path:
        """Return where a file lies that an answer names."""
        return self.folder / file


def read_answers(data: Mapping[str, Any], shown: str, folder: Path) -> Answers:
    """Check answers; raise WorkspaceErrors that name `shown` and the key of each complaint."""
    return parse(Answers, shown, {**data, "folder": folder})


def answer_problem(key: str, value: Any) -> str | None:
    """Say what is wrong with one answer by itself."""
    try:
        read_answers({key: value}, key, Path())
    except WorkspaceErrors as errors:
        # The other answers are missing still; only this one's complaint is asked for.
        own = (one.reason for one in errors.errors if str(one.where).split(".")[0] == key)
        return next(own, None)
    return None
