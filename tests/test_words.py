"""What the program says in other languages: its catalogues, and the door to them."""

import ast
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.checkers import checkers
from jinja2 import Environment

from printkit import words
from printkit.words import Message, Words, chosen_language, joined, packed, translate, unpacked
from tests.catalogues import CODE, brought, extracted, read, stored, untranslated

CATALOGUES = list(stored())
NAMES = [f"{language}-{domain}" for language, domain, _ in CATALOGUES]
# What nynorsk has not said yet is said in bokmål, so a few may wait for who writes it.
LAG = {"nn": 0.05}
POLISH = r"""msgid ""
msgstr ""
"Language: pl\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"

msgid "no <%(id)s>"
msgstr "nie ma <%(id)s>"

msgid "%(count)s piece"
msgid_plural "%(count)s pieces"
msgstr[0] "%(count)s druk"
msgstr[1] "%(count)s druki"
msgstr[2] "%(count)s druków"
"""


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Words:
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "papers.po").write_text(POLISH, encoding="utf-8")
    monkeypatch.setattr(words, "CATALOGUES", tmp_path)
    # Not the kept one: it belongs to this test alone.
    return translate.__wrapped__("pl-PL")


def test_a_language_counts_by_its_own_rule(polish: Words) -> None:
    counted = [polish.ngettext("%(count)s piece", "%(count)s pieces", count) for count in (1, 3, 5)]
    assert counted == ["1 druk", "3 druki", "5 druków"]


def test_what_nynorsk_lacks_is_said_in_bokmål(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"nb/papers": ("page", "side"), "nb/errors": ("place", "sted"), "nn/errors": ("place", "stad")}
    for name, (english, norwegian) in said.items():
        file = tmp_path / name.replace("/", "/LC_MESSAGES/")
        file.parent.mkdir(parents=True, exist_ok=True)
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        text = f'{head}msgid "{english}"\nmsgstr "{norwegian}"\n'
        file.with_suffix(".po").write_text(text, encoding="utf-8")
    monkeypatch.setattr(words, "CATALOGUES", tmp_path)
    assert translate.__wrapped__("nn", "papers").gettext("page") == "side"
    assert translate.__wrapped__("nn-NO", "command").gettext("place") == "stad"


def test_a_message_is_english_until_somebody_says_it(polish: Words) -> None:
    message = pickle.loads(
        pickle.dumps(Message("no <%(id)s>", id=Message.plural("%(count)s piece", "%(count)s pieces", 4)))
    )
    assert message == "no <4 pieces>"
    assert polish.say(message) == "nie ma <4 druki>"
    assert polish.say("no <x>") == "no <x>"


def test_fractions_have_the_decimal_sign_of_the_language() -> None:
    message = Message("it took more than %(seconds)g s of computing", seconds=0.5)
    assert translate("nb", "command").say(message) == "det tok mer enn 0,5\N{NO-BREAK SPACE}s regnetid"
    assert translate("en", "command").say(message) == message == "it took more than 0.5 s of computing"


def test_a_page_speaks_the_language_and_escapes_the_fields(polish: Words) -> None:
    page = Environment(autoescape=True)
    polish.install(page)
    assert page.from_string("{% trans id=x %}no <{{ id }}>{% endtrans %}").render(x="&") == "nie ma <&amp;>"


@pytest.mark.parametrize(
    ("tag", "spoken"), [("nb-NO", "nb"), ("no", "nb"), ("nb_NO", "nb"), ("en-GB", "en"), ("tlh", "en")]
)
def test_the_nearest_catalogue_speaks(tag: str, spoken: str) -> None:
    assert translate(tag).language == spoken


@pytest.mark.parametrize(
    ("environment", "tag"),
    [
        ({}, "en"),
        ({"LANG": "nb_NO.UTF-8"}, "nb-NO"),
        ({"LANG": "nb_NO.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LANG": "nb_NO.UTF-8", "LC_ALL": "", "LC_MESSAGES": "pl_PL@euro"}, "pl-PL"),
        ({"LANG": "POSIX"}, "en"),
    ],
)
def test_the_environment_chooses_as_posix_says(environment: dict[str, str], tag: str) -> None:
    assert chosen_language(environment) == tag


@pytest.mark.parametrize(("language", "domain", "file"), CATALOGUES, ids=NAMES)
def test_a_catalogue_is_complete_and_nothing_in_it_is_stale(
    language: str, domain: words.Domain, file: Path
) -> None:
    said = {one.id for one in extracted(domain)}
    known = {one.id: one for one in read(file)}
    assert (said - set(known), set(known) - said) == (set(), set())
    assert file.read_bytes() == brought(language, domain, file)
    lacking = [one.id for one in known.values() if one.id and untranslated(one)]
    assert len(lacking) <= LAG.get(language, 0) * len(known), lacking


def asked(file: Path) -> Iterator[tuple[str, object]]:
    """Yield place and first argument of each call in a module that says something."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("gettext", "ngettext", "Message", "noted", "plural"):
                first = node.args[0]
                yield f"{file.name}:{node.lineno}", first.value if isinstance(first, ast.Constant) else None


def test_whatever_the_code_says_is_extracted() -> None:
    """A message in an f-string or a variable would be said in English for ever."""
    known = {
        one.id if isinstance(one.id, str) else one.id[0]
        for domain in get_args(words.Domain)
        for one in extracted(domain)
    }
    files = (file for file in CODE.rglob("*.py") if file.name != "words.py")
    assert [place for file in files for place, first in asked(file) if first not in known] == []


@pytest.mark.parametrize(("language", "domain", "file"), CATALOGUES, ids=NAMES)
def test_a_translation_has_the_fields_of_its_message(language: str, domain: words.Domain, file: Path) -> None:
    catalogue = read(file)
    for message in catalogue:
        if "%(" in str(message.id):
            message.flags.add("python-format")
            for check in checkers:
                check(catalogue, message)


def test_a_message_comes_back_from_json_as_it_was(polish: Words) -> None:
    count = Message.plural("%(count)s piece", "%(count)s pieces", 4)
    kept = json.loads(json.dumps(packed(Message("no <%(id)s>, %(share).1f", id=(count, "x"), share=0.25))))
    back = unpacked(kept)
    assert back == "no <4 pieces, x>, 0.2"
    assert polish.say(unpacked(json.loads(json.dumps(packed(count))))) == "4 druki"
    assert unpacked("plain") == packed("plain") == "plain"
    assert polish.say(joined((count, "x"))) == "4 druki; x"
