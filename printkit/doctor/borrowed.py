"""Texts that came along from the reference workspace and name its facts, and texts to be translated."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from printkit.doctor.finding import Concern
from printkit.profiles import Campaign
from printkit.words import Message
from printkit.workspace import TO_TRANSLATE, Workspace, bundled_workspace

# Where people write what is printed
WRITTEN = ("profiles/**/*.toml", "profiles/**/*.csv", "templates/**/*.toml", "templates/**/*.html")
COMMITTEES = "profiles/committees/*.toml"
NAMED = 3


def borrowed(workspace: Workspace, reference: Workspace | None = None) -> Iterator[Concern]:
    """Yield, by file, texts that are the reference workspace's to the letter and name its facts.

    Facts are what its own profiles say of committees, places and sender, so no list of words is kept.
    """
    reference = reference or bundled_workspace()
    # In the reference workspace its own texts are where they belong.
    if workspace.root.resolve() == reference.root.resolve():
        return
    named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, facts(reference)))})(?!\w)")
    theirs = {text for file in _files(reference) for text in _texts(reference, file) if named.search(text)}
    for file in _files(workspace):
        # Whole texts: words of a template that were rewritten are nobody's but the author's.
        same = sorted(theirs.intersection(_texts(workspace, file)))
        if same:
            names = list(dict.fromkeys(found[0] for text in same for found in named.finditer(text)))
            shown = ", ".join(names[:NAMED]) + (", ..." if len(names) > NAMED else "")
            what = Message(
                "%(file)s: texts of the reference workspace that name %(names)s: %(count)s",
                file=file,
                names=shown,
                count=len(same),
            )
            yield Concern(
                "advice", "text", what, Message("write your own; these tell of another municipality")
            )


def untranslated(workspace: Workspace) -> Iterator[Concern]:
    """Yield the files in which texts still carry the mark of a new workspace."""
    for pattern in WRITTEN:
        for file in workspace.files(pattern):
            yield from _marked(workspace, file)


def campaign_untranslated(workspace: Workspace, campaign: Campaign) -> Iterator[Concern]:
    """Yield the same for the texts that a campaign prints."""
    printed = {(entry.template, tag) for entry in campaign.pieces for tag in entry.languages}
    for template, tag in sorted(printed):
        file = f"templates/{template}/texts.{tag}.toml"
        if workspace.has(file):
            yield from _marked(workspace, file)


def _marked(workspace: Workspace, file: str) -> Iterator[Concern]:
    lines = [
        str(number)
        for number, line in enumerate(workspace.read_text(file).splitlines(), 1)
        if line.rstrip().endswith(TO_TRANSLATE)
    ]
    if lines:
        what = Message.plural(
            "%(file)s: not translated: line %(lines)s",
            "%(file)s: not translated: lines %(lines)s",
            len(lines),
            file=file,
            lines=", ".join(lines),
        )
        yield Concern(
            "advice",
            "translation",
            what,
            Message("translate them and remove '%(mark)s'", mark=TO_TRANSLATE),
        )


def _files(workspace: Workspace) -> list[str]:
    return [file for pattern in WRITTEN for file in workspace.files(pattern)]


def facts(reference: Workspace) -> list[str]:
    """Return names, addresses and hosts that only the reference's municipality has, longest first."""
    found = set[str]()
    for file in reference.files(COMMITTEES):
        committee = reference.read_toml(file)
        found |= {committee["name"], *committee["areas"], *_hosts(_strings(committee))}
    for _, row in reference.read_csv("profiles/sites.csv"):
        found |= {row["name"], row["address"]}
    sender = reference.read_toml("profiles/brand.toml")["name"]
    # Words with a capital alone: the common ones in a sender's name stand in those of others too.
    found |= {sender, *(word for word in sender.split() if word.istitle())}
    # The longest first: a name must be found before the word that it begins with.
    return sorted(found - {""}, key=lambda fact: (-len(fact), fact))


def _hosts(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        # Only what has a path or a scheme: words with a point in them are no addresses.
        host = urlsplit(text if "://" in text else f"https://{text}").hostname if "/" in text else None
        if host and "." in host:
            yield host


def _texts(workspace: Workspace, file: str) -> set[str]:
    """Return the texts of a file: values of TOML, cells of CSV, lines of HTML."""
    text = workspace.read_text(file)
    if file.endswith(".toml"):
        return set(_strings(workspace.read_toml(file)))
    if file.endswith(".csv"):
        return {cell.strip() for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row}
    return {line.strip() for line in text.splitlines()}


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from _strings(one)
        case list():
            for one in value:
                yield from _strings(one)
